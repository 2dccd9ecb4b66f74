-- Merges of people that stand in a log, as [change set, reason].
-- params: account
SELECT json_group_array(json_array(c.id, c.reason))
FROM (
    SELECT DISTINCT l.change_set AS pk FROM log AS l
    WHERE l.account = :account AND l.kind = 'contact' AND l.after IS NULL AND l.before IS NOT NULL
) AS gone
CROSS JOIN change_set AS c ON c.pk = gone.pk
WHERE c.reason LIKE 'merge % into %'
