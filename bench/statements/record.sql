-- What Ease sends for one expense, as PostgreSQL logs it.
-- Who is calling.
SELECT "users"."email", "users"."is_staff", "users"."is_superuser", "users"."state", "users"."token_version", "users"."kept_session", EXISTS (SELECT "revoked_sessions"."session", "revoked_sessions"."expires_at" FROM "revoked_sessions" WHERE ("revoked_sessions"."session" = :session)) FROM "users" WHERE ("users"."id" = :record_owner);
SELECT "entries"."id", "entries"."title", "entries"."description", "entries"."amount", "entries"."creation_date", "entries"."creation_time", "entries"."category", "entries"."subcategory" FROM "entries" WHERE ((("entries"."id" = :record) AND ("entries"."owner" = :record_owner)) AND ("entries"."side" = :side));
