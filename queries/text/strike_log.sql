-- What is left of log entries whose words were erased; rows are [account, sequence, before, after, salt_before,
-- salt_after].
-- params: rows
UPDATE log SET
    before = row.value ->> 2, after = row.value ->> 3,
    salt_before = row.value ->> 4, salt_after = row.value ->> 5
FROM json_each(:rows) AS row
WHERE log.account = row.value ->> 0 AND log.sequence = row.value ->> 1
