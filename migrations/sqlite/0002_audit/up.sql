-- What a row shows may be corrected; whose it is and when it was recorded may not.
CREATE TABLE login_logs (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 27),
    creation_date TEXT NOT NULL CHECK (length(creation_date) = 10),
    creation_time TEXT NOT NULL CHECK (length(creation_time) = 15),
    platform_os TEXT NOT NULL CHECK (length(platform_os) <= 50),
    successful INTEGER NOT NULL CHECK (successful IN (0, 1)),
    description TEXT NOT NULL CHECK (length(description) <= 50)
) STRICT;

CREATE INDEX login_logs_user ON login_logs (user_id, seq);
CREATE INDEX login_logs_user_recorded ON login_logs (user_id, recorded_at);

-- Without foreign keys: what was done to whom outlives everybody in it.
CREATE TABLE trail (
    seq INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 27),
    actor INTEGER,
    action TEXT NOT NULL CHECK (action IN (
        'user_created', 'user_updated', 'user_blocked', 'user_activated', 'user_deleted',
        'login_log_corrected', 'login_log_deleted'
    )),
    subject INTEGER NOT NULL,
    details TEXT NOT NULL CHECK (length(details) <= 500)
) STRICT;
