-- The nodes that belong to accounts.
-- params: ids
SELECT group_concat(n.account, char(30)), group_concat(n.kind, char(30)), group_concat(n.id, char(30))
FROM json_each(:ids) AS w
CROSS JOIN node AS n ON n.account = w.value AND n.kind <> 'account'
