-- The insert alone, as the baseline.
\set owner random(:first, :last)
INSERT INTO "entries" ("id", "side", "owner", "title", "description", "amount", "creation_date", "creation_time", "category", "subcategory") VALUES (gen_random_uuid(), :side, :owner, :title, :description, :amount, :date, :time, :category, :subcategory);
