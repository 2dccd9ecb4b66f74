-- What SQLite finds wrong with pages and indexes; the one word ok if nothing.
-- params:
SELECT json_group_array(integrity_check) FROM pragma_integrity_check
