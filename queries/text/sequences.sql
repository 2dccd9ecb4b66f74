-- How far some logs have come: sequence, hash and time of their last entries.
-- params: logs
SELECT
    group_concat(s.account, char(30)),
    group_concat(s.value, char(30)),
    group_concat(s.hash, char(30)),
    group_concat(s.at, char(30))
FROM json_each(:logs) AS w
CROSS JOIN sequence AS s ON s.account = w.value
