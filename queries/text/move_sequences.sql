-- Say how far logs have come; rows are [log, sequence].
-- params: rows
INSERT INTO sequence (account, value)
SELECT value ->> 0, value ->> 1
FROM json_each(:rows)
WHERE true
ON CONFLICT (account) DO UPDATE SET value = excluded.value
