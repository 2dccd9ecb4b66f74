-- The solid reporting lines on every way up from some contacts.
-- params: contacts
WITH RECURSIVE above (pk) AS (
    SELECT n.pk
    FROM json_each(:contacts) AS w CROSS JOIN node AS n ON n.kind = 'contact' AND n.id = w.value
    UNION
    SELECT e.target
    FROM above CROSS JOIN edge AS e ON e.source = above.pk
    WHERE e.kind = 'reports_to' AND e.body ->> '$.line' = 'solid'
)
SELECT
    group_concat(e.id, char(30)),
    group_concat(e.body ->> '$.source_id', char(30)),
    group_concat(e.body ->> '$.target_id', char(30)),
    group_concat(coalesce(e.body ->> '$.since', ''), char(30)),
    group_concat(coalesce(e.body ->> '$.until', ''), char(30))
FROM above CROSS JOIN edge AS e ON e.source = above.pk
WHERE e.kind = 'reports_to' AND e.body ->> '$.line' = 'solid'
