-- The departments of accounts, each with the one it is part of.
-- params: accounts
SELECT
    group_concat(d.account, char(30)),
    group_concat(d.id, char(30)),
    group_concat(coalesce(d.body ->> '$.parent_id', ''), char(30))
FROM json_each(:accounts) AS w
CROSS JOIN node AS d ON d.account = w.value AND d.kind = 'department'
