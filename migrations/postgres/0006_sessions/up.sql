-- Sessions that were logged out, kept until the last of their tokens has died by itself.
CREATE TABLE revoked_sessions (
    session uuid PRIMARY KEY,
    expires_at timestamptz NOT NULL
);

CREATE INDEX revoked_sessions_expires ON revoked_sessions (expires_at);
