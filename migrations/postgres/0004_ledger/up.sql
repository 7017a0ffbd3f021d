-- Both sides of everybody's ledger.
CREATE TABLE entries (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    side text NOT NULL CHECK (side IN ('expense', 'income')),
    owner bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 100),
    description text NOT NULL CHECK (char_length(description) BETWEEN 1 AND 100),
    amount numeric(10, 2) NOT NULL CHECK (amount > 0),
    creation_date date NOT NULL,
    creation_time time NOT NULL,
    category uuid NOT NULL REFERENCES categories (id),
    subcategory uuid REFERENCES subcategories (id),
    CHECK ((side = 'expense') = (subcategory IS NOT NULL))
);

CREATE INDEX entries_owner_date ON entries (owner, side, creation_date);
CREATE INDEX entries_owner_seq ON entries (owner, side, seq);
-- Whether a category or a subcategory is in use.
CREATE INDEX entries_category ON entries (category);
CREATE INDEX entries_subcategory ON entries (subcategory);
