-- The edges that begin or end at nodes of a kind.
-- params: ids
WITH wanted (pk, id) AS (
    SELECT n.pk, n.id
    FROM json_each(:ids) AS w CROSS JOIN node AS n ON n.kind = '<kind>' AND n.id = w.value
)
SELECT group_concat(node, char(30)), group_concat(kind, char(30)), group_concat(id, char(30))
FROM (
    SELECT wanted.id AS node, e.kind AS kind, e.id AS id
    FROM wanted CROSS JOIN edge AS e ON e.source = wanted.pk
    UNION ALL
    SELECT wanted.id, e.kind, e.id
    FROM wanted CROSS JOIN edge AS e ON e.target = wanted.pk
)
