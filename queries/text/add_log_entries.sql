-- Write log entries; rows are [account, sequence, kind, id, revision, before, after].
-- params: change_set, rows
INSERT INTO log (account, sequence, change_set, kind, id, revision, before, after)
SELECT
    value ->> 0, value ->> 1, :change_set, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
FROM json_each(:rows)
