-- Copies accounts, ledgers, login logs and chats of the previous Django system into the tables of Ease.
--
--   ease migrate
--   psql --single-transaction --set ON_ERROR_STOP=1 --file docs/from-django.sql "$DATABASE_URL"
--
-- Both sets of tables are in one PostgreSQL database: no name is in both. The tables of Ease must be empty, the old ones
-- are only read. A row that does not fit stops everything, with its reason, and nothing is copied.

-- What would be lost or mixed up is named before anything is written.
DO $$
DECLARE
    found text;
BEGIN
    IF EXISTS (SELECT FROM users) THEN
        RAISE EXCEPTION 'the table users is not empty: copy into a database that was just migrated';
    END IF;
    SELECT string_agg(ids, '; ') INTO found FROM (
        SELECT string_agg(id::text, ', ' ORDER BY id) AS ids
        FROM auth_user WHERE trim(email) <> '' GROUP BY lower(trim(email)) HAVING count(*) > 1
    ) AS twins;
    IF found IS NOT NULL THEN
        RAISE EXCEPTION 'these rows of auth_user share an e-mail but for its case; correct them first: %', found;
    END IF;
    SELECT string_agg(id::text, ', ' ORDER BY id) INTO found FROM auth_user WHERE char_length(trim(email)) > 150;
    IF found IS NOT NULL THEN
        RAISE EXCEPTION 'these rows of auth_user have an e-mail of more than 150 characters; correct them first: %', found;
    END IF;
    -- An account that nobody could log into, such as the anonymous one of a permission library, is left behind.
    SELECT string_agg(id::text, ', ' ORDER BY id) INTO found FROM auth_user WHERE trim(email) = '';
    IF found IS NOT NULL THEN
        RAISE NOTICE 'left behind, without an e-mail and with all that is theirs: %', found;
    END IF;
END
$$;

-- Numbers, passwords and tokens stay good: the hashes are understood and replaced at the next login, and the tokens too if
-- SECRET_KEY stays the same. A user name that looks like somebody's address must be its owner's.
INSERT INTO users (
    id, email, username, username_key, password_hash, first_name, last_name, phone_number, bio,
    is_staff, is_superuser, is_operator, state, email_verified, date_joined, token_version, last_login
) OVERRIDING SYSTEM VALUE
SELECT
    id, address, name, lower(name), password, first_name, last_name, '', '',
    is_staff, is_superuser, false, CASE WHEN is_active THEN 'active' ELSE 'blocked' END, false, date_joined, 0, last_login
FROM auth_user
CROSS JOIN LATERAL (SELECT lower(trim(email))) AS addresses (address)
CROSS JOIN LATERAL (SELECT CASE WHEN username LIKE '%@%' THEN address ELSE username END) AS names (name)
WHERE address <> ''
ORDER BY id;

SELECT setval(pg_get_serial_sequence('users', 'id'), greatest((SELECT max(id) FROM auth_user), 1));

INSERT INTO categories (id, name, description, kind, hex_color)
SELECT id, name, description, type, "hexColor" FROM backend_category ORDER BY name, id;

INSERT INTO subcategories (id, name, description, hex_color, category)
SELECT id, name, description, "hexColor", category_id FROM backend_subcategory ORDER BY name, id;

INSERT INTO entries (
    id, side, owner, title, description, amount, creation_date, creation_time, category, subcategory
)
SELECT id, 'expense', user_id, title, description, amount, creation_date, creation_time, category_id, subcategory_id
FROM backend_expense WHERE user_id IN (SELECT id FROM users)
ORDER BY creation_date, creation_time, id;

INSERT INTO entries (id, side, owner, title, description, amount, creation_date, creation_time, category)
SELECT id, 'income', user_id, title, description, amount, creation_date, creation_time, category_id
FROM backend_income WHERE user_id IN (SELECT id FROM users)
ORDER BY creation_date, creation_time, id;

INSERT INTO login_logs (
    id, user_id, recorded_at, creation_date, creation_time, platform_os, successful, description
)
SELECT
    id, user_id, (creation_date + creation_time) AT TIME ZONE 'UTC', creation_date, creation_time, "platform_OS",
    successful, description
FROM backend_authuserlogs WHERE user_id IN (SELECT id FROM users)
ORDER BY creation_date, creation_time, id;

-- A customer has one open chat: the newest stays, and takes in what was said in the others. Nobody talks to oneself.
INSERT INTO chats (id, is_active, customer, admin, created_at, last_seq)
SELECT id, true, customer_id, admin_id, created_at, 0
FROM (
    SELECT DISTINCT ON (customer_id) *
    FROM backend_chatsession
    WHERE is_active AND customer_id <> admin_id
        AND customer_id IN (SELECT id FROM users) AND admin_id IN (SELECT id FROM users)
    ORDER BY customer_id, created_at DESC, id
) AS newest
ORDER BY created_at, id;

INSERT INTO chat_messages (chat, seq, id, sender, sent_at, body)
SELECT
    chats.id, row_number() OVER (PARTITION BY chats.id ORDER BY message.timestamp, message.id), message.id,
    message.user_id, message.timestamp, message.message
FROM backend_chatmessage AS message
JOIN backend_chatsession AS session ON session.id = message.chat_session_id
JOIN chats ON chats.customer = session.customer_id
WHERE session.is_active AND session.customer_id <> session.admin_id AND message.user_id IN (SELECT id FROM users);

UPDATE chats SET last_seq = (SELECT count(*) FROM chat_messages WHERE chat = chats.id);

INSERT INTO support_agents (user_id, last_assigned_at)
SELECT admin, max(created_at) FROM chats GROUP BY admin;

-- Tokens that were logged out stay dead. Only the middle part of one is read: who it is, and until when it would live.
INSERT INTO revoked_sessions (session, expires_at)
SELECT (claims ->> 'jti')::uuid, max(to_timestamp((claims ->> 'exp')::bigint))
FROM (SELECT translate(split_part(token, '.', 2), '-_', '+/') AS text FROM backend_blacklistedtoken) AS payload
CROSS JOIN LATERAL (
    SELECT convert_from(decode(rpad(text, (length(text) + 3) / 4 * 4, '='), 'base64'), 'UTF8')::jsonb
) AS decoded (claims)
WHERE to_timestamp((claims ->> 'exp')::bigint) > now()
GROUP BY claims ->> 'jti';

-- What was there, and what there is now. Rows of accounts and chats that were left behind make the difference.
SELECT *
FROM (VALUES
    ('accounts', (SELECT count(*) FROM auth_user), (SELECT count(*) FROM users)),
    ('categories', (SELECT count(*) FROM backend_category), (SELECT count(*) FROM categories)),
    ('subcategories', (SELECT count(*) FROM backend_subcategory), (SELECT count(*) FROM subcategories)),
    ('expenses', (SELECT count(*) FROM backend_expense), (SELECT count(*) FROM entries WHERE side = 'expense')),
    ('incomes', (SELECT count(*) FROM backend_income), (SELECT count(*) FROM entries WHERE side = 'income')),
    ('login logs', (SELECT count(*) FROM backend_authuserlogs), (SELECT count(*) FROM login_logs)),
    ('chats', (SELECT count(*) FROM backend_chatsession), (SELECT count(*) FROM chats)),
    ('chat messages', (SELECT count(*) FROM backend_chatmessage), (SELECT count(*) FROM chat_messages)),
    ('logged-out tokens', (SELECT count(*) FROM backend_blacklistedtoken), (SELECT count(*) FROM revoked_sessions))
) AS counts (what, before, now);
