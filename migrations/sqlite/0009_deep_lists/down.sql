-- Nothing changes here: SQLite keeps rows by `seq`, and follows an index that begins with the owner.
SELECT 1;
