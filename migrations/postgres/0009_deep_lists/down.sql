ALTER TABLE login_logs DROP CONSTRAINT login_logs_pkey, ADD PRIMARY KEY (seq), ADD UNIQUE (id);
ALTER TABLE entries DROP CONSTRAINT entries_pkey, ADD PRIMARY KEY (seq), ADD UNIQUE (id);
