-- `last_seq` counts the messages: raising it orders those who post at the same time.
CREATE TABLE chats (
    id uuid PRIMARY KEY,
    is_active boolean NOT NULL DEFAULT true,
    customer bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    admin bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    last_seq bigint NOT NULL DEFAULT 0 CHECK (last_seq >= 0),
    CHECK (customer <> admin)
);

CREATE UNIQUE INDEX chats_open_customer ON chats (customer) WHERE is_active;
-- The partial index above is of no use when a user is deleted.
CREATE INDEX chats_customer ON chats (customer);
CREATE INDEX chats_admin ON chats (admin, created_at, id);

CREATE TABLE chat_messages (
    chat uuid NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    seq bigint NOT NULL CHECK (seq > 0),
    id uuid NOT NULL UNIQUE,
    sender bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sent_at timestamptz NOT NULL,
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 255),
    client_msg_id text CHECK (char_length(client_msg_id) BETWEEN 1 AND 64),
    PRIMARY KEY (chat, seq)
);

CREATE UNIQUE INDEX chat_messages_client ON chat_messages (chat, sender, client_msg_id) WHERE client_msg_id IS NOT NULL;
CREATE INDEX chat_messages_sender ON chat_messages (sender);

-- When somebody was given a chat last.
CREATE TABLE support_agents (
    user_id bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    last_assigned_at timestamptz NOT NULL
);
