DROP TABLE trail;
DROP TABLE login_logs;
