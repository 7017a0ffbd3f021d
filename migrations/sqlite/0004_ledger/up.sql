-- Both sides of everybody's ledger. Amounts are whole minor units, because every decimal of SQLite is a float.
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    side TEXT NOT NULL CHECK (side IN ('expense', 'income')),
    owner INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    description TEXT NOT NULL CHECK (length(description) BETWEEN 1 AND 100),
    amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 9999999999),
    creation_date TEXT NOT NULL CHECK (length(creation_date) = 10),
    creation_time TEXT NOT NULL CHECK (length(creation_time) = 15),
    category TEXT NOT NULL REFERENCES categories (id),
    subcategory TEXT REFERENCES subcategories (id),
    CHECK ((side = 'expense') = (subcategory IS NOT NULL))
) STRICT;

CREATE INDEX entries_owner_date ON entries (owner, side, creation_date);
CREATE INDEX entries_owner_seq ON entries (owner, side, seq);
-- Whether a category or a subcategory is in use.
CREATE INDEX entries_category ON entries (category);
CREATE INDEX entries_subcategory ON entries (subcategory);
