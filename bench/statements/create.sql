-- What Ease sends to record an expense, as PostgreSQL logs it; but it makes the identifier itself.
\set owner random(:first, :last)
-- Who is calling.
SELECT "users"."email", "users"."is_staff", "users"."is_superuser", "users"."state", "users"."token_version", "users"."kept_session", EXISTS (SELECT "revoked_sessions"."session", "revoked_sessions"."expires_at" FROM "revoked_sessions" WHERE ("revoked_sessions"."session" = :session)) FROM "users" WHERE ("users"."id" = :owner);
BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE;
-- The values stand in the row of their category, if it is there.
INSERT INTO "entries" ("id", "side", "owner", "title", "description", "amount", "creation_date", "creation_time", "category", "subcategory") SELECT gen_random_uuid(), :side, :owner, :title, :description, :amount, :date, :time, "categories"."id", :subcategory FROM "categories" WHERE (("categories"."id" = :category) AND ((:subcategory::uuid IS NULL) OR EXISTS (SELECT "subcategories"."seq", "subcategories"."id", "subcategories"."name", "subcategories"."description", "subcategories"."hex_color", "subcategories"."category" FROM "subcategories" WHERE ("subcategories"."id" = :subcategory))));
COMMIT;
