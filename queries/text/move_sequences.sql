-- Say how far logs have come; rows are [log, sequence, hash, at].
-- params: rows
INSERT INTO sequence (account, value, hash, at)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3
FROM json_each(:rows)
WHERE true
ON CONFLICT (account) DO UPDATE SET value = excluded.value, hash = excluded.hash, at = excluded.at
