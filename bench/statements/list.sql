-- What Ease sends for a list of expenses, as PostgreSQL logs it.
\set owner random(:first, :last)
-- Who is calling.
SELECT "users"."email", "users"."is_staff", "users"."is_superuser", "users"."state", "users"."token_version", "users"."kept_session", EXISTS (SELECT "revoked_sessions"."session", "revoked_sessions"."expires_at" FROM "revoked_sessions" WHERE ("revoked_sessions"."session" = :session)) FROM "users" WHERE ("users"."id" = :owner);
SELECT "entries"."id", "entries"."title", "entries"."description", "entries"."amount", "entries"."creation_date", "entries"."creation_time", "entries"."category", "entries"."subcategory" FROM "entries" WHERE (((("entries"."owner" = :owner) AND ("entries"."side" = :side)) AND ("entries"."creation_date" BETWEEN :first_date AND :last_date)) AND ("entries"."creation_time" BETWEEN :first_time AND :last_time)) ORDER BY "entries"."seq" LIMIT :chunk;
