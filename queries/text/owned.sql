-- The channels by which accounts own others, on every way down from some of them.
-- params: accounts
WITH RECURSIVE owned (pk) AS (
    SELECT n.pk
    FROM json_each(:accounts) AS w CROSS JOIN node AS n ON n.kind = 'account' AND n.id = w.value
    UNION
    SELECT e.target
    FROM owned CROSS JOIN edge AS e ON e.source = owned.pk
    WHERE e.kind = 'channel' AND e.body ->> '$.kind' = 'owns'
)
SELECT
    group_concat(e.id, char(30)),
    group_concat(e.body ->> '$.source_id', char(30)),
    group_concat(e.body ->> '$.target_id', char(30)),
    group_concat(coalesce(e.body ->> '$.since', ''), char(30)),
    group_concat(coalesce(e.body ->> '$.until', ''), char(30))
FROM owned CROSS JOIN edge AS e ON e.source = owned.pk
WHERE e.kind = 'channel' AND e.body ->> '$.kind' = 'owns'
