-- Sessions that were logged out, kept until the last of their tokens has died by itself.
CREATE TABLE revoked_sessions (
    session TEXT PRIMARY KEY NOT NULL CHECK (length(session) = 36),
    expires_at TEXT NOT NULL CHECK (length(expires_at) = 27)
) STRICT;

CREATE INDEX revoked_sessions_expires ON revoked_sessions (expires_at);
