-- How far all logs have come, or those of some accounts and of the firm; columns as in sequences.
-- params: accounts
SELECT
    group_concat(s.account, char(30)),
    group_concat(s.value, char(30)),
    group_concat(s.hash, char(30)),
    group_concat(s.at, char(30))
FROM sequence AS s
WHERE :accounts IS NULL OR s.account = 'firm' OR s.account IN (SELECT value FROM json_each(:accounts))
