-- The order in which chats were opened, which never changes: what is read in parts needs one. Chats that are there are
-- numbered by their age. As for entries and login logs, no index begins with `seq`.
ALTER TABLE chats ADD COLUMN seq bigint;
UPDATE chats SET seq = numbered.seq
FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) AS seq FROM chats) AS numbered
WHERE numbered.id = chats.id;
ALTER TABLE chats ALTER COLUMN seq SET NOT NULL;
ALTER TABLE chats ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY;
SELECT setval(pg_get_serial_sequence('chats', 'seq'), (SELECT count(*) FROM chats) + 1, false);

DROP INDEX chats_admin;
CREATE INDEX chats_admin ON chats (admin, seq);
