-- The list alone, as the baseline.
\set owner random(:first, :last)
SELECT "entries"."id", "entries"."title", "entries"."description", "entries"."amount", "entries"."creation_date", "entries"."creation_time", "entries"."category", "entries"."subcategory" FROM "entries" WHERE (((("entries"."owner" = :owner) AND ("entries"."side" = :side)) AND ("entries"."creation_date" BETWEEN :first_date AND :last_date)) AND ("entries"."creation_time" BETWEEN :first_time AND :last_time)) ORDER BY "entries"."seq" LIMIT :chunk;
