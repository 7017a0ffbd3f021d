-- Both tables are built anew, for the reason that `up.sql` gives.
ALTER TABLE chats RENAME TO old_chats;
ALTER TABLE chat_messages RENAME TO old_chat_messages;

CREATE TABLE chats (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    customer INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    admin INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL CHECK (length(created_at) = 27),
    last_seq INTEGER NOT NULL DEFAULT 0 CHECK (last_seq >= 0),
    CHECK (customer <> admin)
) STRICT;

CREATE TABLE chat_messages (
    chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    sender INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sent_at TEXT NOT NULL CHECK (length(sent_at) = 27),
    body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 255),
    client_msg_id TEXT CHECK (length(client_msg_id) BETWEEN 1 AND 64),
    PRIMARY KEY (chat, seq)
) STRICT;

INSERT INTO chats (id, is_active, customer, admin, created_at, last_seq)
SELECT id, is_active, customer, admin, created_at, last_seq FROM old_chats;
INSERT INTO chat_messages (chat, seq, id, sender, sent_at, body, client_msg_id)
SELECT chat, seq, id, sender, sent_at, body, client_msg_id FROM old_chat_messages;

DROP TABLE old_chat_messages;
DROP TABLE old_chats;

CREATE UNIQUE INDEX chats_open_customer ON chats (customer) WHERE is_active;
-- The partial index above is of no use when a user is deleted.
CREATE INDEX chats_customer ON chats (customer);
CREATE INDEX chats_admin ON chats (admin, created_at, id);
CREATE UNIQUE INDEX chat_messages_client ON chat_messages (chat, sender, client_msg_id) WHERE client_msg_id IS NOT NULL;
CREATE INDEX chat_messages_sender ON chat_messages (sender);
