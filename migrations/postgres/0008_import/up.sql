-- What another system calls an entry: with it the same file can be imported again.
ALTER TABLE entries ADD COLUMN external_id text CHECK (char_length(external_id) BETWEEN 1 AND 255);

CREATE UNIQUE INDEX entries_external ON entries (owner, side, external_id) WHERE external_id IS NOT NULL;
-- What is called so.
CREATE INDEX categories_name ON categories (name);
CREATE INDEX subcategories_name ON subcategories (name, category);
