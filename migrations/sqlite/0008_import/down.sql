DROP INDEX subcategories_name;
DROP INDEX categories_name;
DROP INDEX entries_external;
ALTER TABLE entries DROP COLUMN external_id;
