-- Note what deleted records leave; rows are [kind, id, account, sequence, revision].
-- params: rows
INSERT INTO stub (kind, id, account, sequence, revision)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
FROM json_each(:rows)
WHERE true
ON CONFLICT (kind, id) DO UPDATE SET
    account = excluded.account, sequence = excluded.sequence, revision = excluded.revision
