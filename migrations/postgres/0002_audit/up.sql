-- What a row shows may be corrected; whose it is and when it was recorded may not.
CREATE TABLE login_logs (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    recorded_at timestamptz NOT NULL,
    creation_date date NOT NULL,
    creation_time time NOT NULL,
    platform_os text NOT NULL CHECK (char_length(platform_os) <= 50),
    successful boolean NOT NULL,
    description text NOT NULL CHECK (char_length(description) <= 50)
);

CREATE INDEX login_logs_user ON login_logs (user_id, seq);
CREATE INDEX login_logs_user_recorded ON login_logs (user_id, recorded_at);

-- Without foreign keys: what was done to whom outlives everybody in it.
CREATE TABLE trail (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor bigint,
    action text NOT NULL CHECK (action IN (
        'user_created', 'user_updated', 'user_blocked', 'user_activated', 'user_deleted',
        'login_log_corrected', 'login_log_deleted'
    )),
    subject bigint NOT NULL,
    details text NOT NULL CHECK (char_length(details) <= 500)
);
