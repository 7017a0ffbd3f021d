-- What was answered to requests with an Idempotency-Key, so that the same request gets the same answer for a day. `id` is a
-- digest of the sender, the route and the key. Status, headers and body are missing only inside the transaction that puts
-- them there.
CREATE TABLE answers (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 64),
    owner INTEGER REFERENCES users (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
    status INTEGER CHECK (status BETWEEN 200 AND 299),
    headers TEXT,
    body TEXT,
    expires_at TEXT NOT NULL CHECK (length(expires_at) = 27),
    CHECK ((status IS NULL) = (headers IS NULL) AND (status IS NULL) = (body IS NULL))
) STRICT;

CREATE INDEX answers_owner ON answers (owner);
CREATE INDEX answers_expires ON answers (expires_at);
