-- Write log entries that another store sealed; rows are the id of the change set, then as in add_log_entries.
-- params: rows
INSERT INTO log (
    account, sequence, change_set, kind, id, revision, prior, before, after,
    salt_before, salt_after, digest_before, digest_after, hash
)
SELECT
    value ->> 1, value ->> 2, c.pk, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8,
    value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13
FROM json_each(:rows)
CROSS JOIN change_set AS c ON c.id = value ->> 0
