-- Write log entries; rows are [account, sequence, kind, id, revision, prior, before, after, salt_before, salt_after,
-- digest_before, digest_after, hash].
-- params: change_set, rows
INSERT INTO log (
    account, sequence, change_set, kind, id, revision, prior, before, after,
    salt_before, salt_after, digest_before, digest_after, hash
)
SELECT
    value ->> 0, value ->> 1, :change_set, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
    value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12
FROM json_each(:rows)
