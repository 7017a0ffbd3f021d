-- Lists are in the order of insertion, which random identifiers do not keep; `seq` does.
CREATE TABLE categories (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    description text NOT NULL CHECK (char_length(description) BETWEEN 1 AND 100),
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 100),
    hex_color text NOT NULL CHECK (char_length(hex_color) BETWEEN 1 AND 7)
);

CREATE INDEX categories_kind ON categories (kind, seq);

-- What is referred to cannot be deleted: NO ACTION, the default, refuses it with the same error in every version, which
-- RESTRICT does not.
CREATE TABLE subcategories (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    description text NOT NULL CHECK (char_length(description) BETWEEN 1 AND 100),
    hex_color text NOT NULL CHECK (char_length(hex_color) BETWEEN 1 AND 7),
    category uuid NOT NULL REFERENCES categories (id)
);

CREATE INDEX subcategories_category ON subcategories (category, seq);
