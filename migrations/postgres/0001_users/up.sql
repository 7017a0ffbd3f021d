-- One identity for every surface. A number is never given twice, those of deleted users included.
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (char_length(email) BETWEEN 1 AND 150),
    username text NOT NULL CHECK (char_length(username) BETWEEN 1 AND 150),
    -- The user name in lower case: what makes it unique whatever its case.
    username_key text NOT NULL UNIQUE,
    password_hash text NOT NULL CHECK (char_length(password_hash) <= 255),
    first_name text NOT NULL CHECK (char_length(first_name) <= 150),
    last_name text NOT NULL CHECK (char_length(last_name) <= 150),
    phone_number text NOT NULL CHECK (char_length(phone_number) <= 16),
    bio text NOT NULL CHECK (char_length(bio) <= 5000),
    is_staff boolean NOT NULL,
    is_superuser boolean NOT NULL,
    is_operator boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'active', 'blocked')),
    email_verified boolean NOT NULL,
    date_joined timestamptz NOT NULL,
    locked_until timestamptz,
    failures_counted_from timestamptz,
    token_version bigint NOT NULL CHECK (token_version >= 0),
    kept_session uuid,
    last_login timestamptz,
    CHECK (email = lower(email))
);

CREATE INDEX users_date_joined ON users (date_joined);
-- Those who administer and answer chats are few among many.
CREATE INDEX users_admins ON users (id) WHERE is_staff OR is_superuser;
