DROP INDEX chats_admin;
ALTER TABLE chats DROP COLUMN seq;
CREATE INDEX chats_admin ON chats (admin, created_at, id);
