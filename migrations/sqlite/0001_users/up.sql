-- One identity for every surface. A number is never given twice, those of deleted users included.
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    email TEXT NOT NULL UNIQUE CHECK (length(email) BETWEEN 1 AND 150),
    username TEXT NOT NULL CHECK (length(username) BETWEEN 1 AND 150),
    -- The user name in lower case: what makes it unique whatever its case.
    username_key TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL CHECK (length(password_hash) <= 255),
    first_name TEXT NOT NULL CHECK (length(first_name) <= 150),
    last_name TEXT NOT NULL CHECK (length(last_name) <= 150),
    phone_number TEXT NOT NULL CHECK (length(phone_number) <= 16),
    bio TEXT NOT NULL CHECK (length(bio) <= 5000),
    is_staff INTEGER NOT NULL CHECK (is_staff IN (0, 1)),
    is_superuser INTEGER NOT NULL CHECK (is_superuser IN (0, 1)),
    is_operator INTEGER NOT NULL CHECK (is_operator IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'blocked')),
    email_verified INTEGER NOT NULL CHECK (email_verified IN (0, 1)),
    date_joined TEXT NOT NULL CHECK (length(date_joined) = 27),
    locked_until TEXT CHECK (length(locked_until) = 27),
    failures_counted_from TEXT CHECK (length(failures_counted_from) = 27),
    token_version INTEGER NOT NULL CHECK (token_version >= 0),
    kept_session TEXT CHECK (length(kept_session) = 36),
    last_login TEXT CHECK (length(last_login) = 27),
    CHECK (email = lower(email))
) STRICT;

CREATE INDEX users_date_joined ON users (date_joined);
-- Those who administer and answer chats are few among many.
CREATE INDEX users_admins ON users (id) WHERE is_staff OR is_superuser;
