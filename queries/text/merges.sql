-- Contacts that a merge took away, as [id, reason], by the reasons in the logs, oldest first.
-- params:
SELECT json_group_array(json_array(id, reason))
FROM (
    SELECT l.id, c.reason
    FROM log AS l JOIN change_set AS c ON c.pk = l.change_set
    WHERE l.kind = 'contact' AND l.after IS NULL AND l.before IS NOT NULL AND c.reason LIKE 'merge % into %'
    ORDER BY l.account, l.sequence
)
