-- Forget what change sets asked for, by log entries they wrote; rows are [account, sequence].
-- params: rows
UPDATE change_set SET digest = ''
WHERE pk IN (
    SELECT l.change_set
    FROM json_each(:rows) AS row
    CROSS JOIN log AS l ON l.account = row.value ->> 0 AND l.sequence = row.value ->> 1
)
