-- A part of a list is read along an index that begins with its owner. One of `seq` alone invites the planner to walk past
-- everybody else's rows to the first of an owner who has many.
ALTER TABLE entries DROP CONSTRAINT entries_pkey, DROP CONSTRAINT entries_id_key, ADD PRIMARY KEY (id);
ALTER TABLE login_logs DROP CONSTRAINT login_logs_pkey, DROP CONSTRAINT login_logs_id_key, ADD PRIMARY KEY (id);
