-- How many tables and indexes a file has.
-- params:
SELECT count(*) FROM sqlite_schema
