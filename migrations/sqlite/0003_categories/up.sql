-- Lists are in the order of insertion, which random identifiers do not keep; `seq` does.
CREATE TABLE categories (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    description TEXT NOT NULL CHECK (length(description) BETWEEN 1 AND 100),
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 100),
    hex_color TEXT NOT NULL CHECK (length(hex_color) BETWEEN 1 AND 7)
) STRICT;

CREATE INDEX categories_kind ON categories (kind, seq);

-- What is referred to cannot be deleted: NO ACTION, the default, refuses it as a broken foreign key, which RESTRICT does
-- not (it fails as a trigger).
CREATE TABLE subcategories (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    description TEXT NOT NULL CHECK (length(description) BETWEEN 1 AND 100),
    hex_color TEXT NOT NULL CHECK (length(hex_color) BETWEEN 1 AND 7),
    category TEXT NOT NULL REFERENCES categories (id)
) STRICT;

CREATE INDEX subcategories_category ON subcategories (category, seq);
