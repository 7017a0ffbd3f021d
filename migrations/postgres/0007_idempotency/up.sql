-- What was answered to requests with an Idempotency-Key, so that the same request gets the same answer for a day. `id` is a
-- digest of the sender, the route and the key. Status, headers and body are missing only inside the transaction that puts
-- them there.
CREATE TABLE answers (
    id text PRIMARY KEY CHECK (char_length(id) = 64),
    owner bigint REFERENCES users (id) ON DELETE CASCADE,
    fingerprint text NOT NULL CHECK (char_length(fingerprint) = 64),
    status bigint CHECK (status BETWEEN 200 AND 299),
    headers text,
    body text,
    expires_at timestamptz NOT NULL,
    CHECK ((status IS NULL) = (headers IS NULL) AND (status IS NULL) = (body IS NULL))
);

CREATE INDEX answers_owner ON answers (owner);
CREATE INDEX answers_expires ON answers (expires_at);
