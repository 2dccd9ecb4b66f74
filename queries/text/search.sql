-- Nodes in which, or in whose open jobs and their departments, every expression hits; by kind and id.
-- params: expressions, kinds, accounts, on, after, limit
WITH hit (place, document) AS MATERIALIZED (
    SELECT wanted.key, search.rowid
    FROM json_each(:expressions) AS wanted
    CROSS JOIN search ON search MATCH wanted.value
), of_node (place, pk) AS (
    SELECT place, document >> 1
    FROM hit
    WHERE NOT document & 1
    UNION ALL
    SELECT hit.place, j.source
    FROM hit
    CROSS JOIN edge AS j ON j.pk = hit.document >> 1
    WHERE hit.document & 1 AND 'contact' IN (SELECT value FROM json_each(:kinds))
      AND coalesce(j.body ->> '$.since', '') <= :on AND coalesce(j.body ->> '$.until', '9999-12-31') > :on
    UNION ALL
    SELECT hit.place, j.source
    FROM hit
    CROSS JOIN node AS d ON d.pk = hit.document >> 1 AND d.kind = 'department'
    CROSS JOIN edge AS j ON j.target = d.pk AND j.kind = 'works_in'
    WHERE NOT hit.document & 1 AND 'contact' IN (SELECT value FROM json_each(:kinds))
      AND coalesce(j.body ->> '$.since', '') <= :on AND coalesce(j.body ->> '$.until', '9999-12-31') > :on
), found (pk) AS (
    SELECT pk
    FROM of_node
    GROUP BY pk
    HAVING count(DISTINCT place) = json_array_length(:expressions)
)
SELECT json_group_array(json_array(kind, id))
FROM (
    SELECT n.kind, n.id, row_number() OVER (PARTITION BY n.kind ORDER BY n.id) AS place
    FROM found
    CROSS JOIN node AS n ON n.pk = found.pk
    WHERE n.id > :after AND n.kind IN (SELECT value FROM json_each(:kinds))
      AND (:accounts IS NULL OR n.account IS NULL OR n.account IN (SELECT value FROM json_each(:accounts)))
)
WHERE place <= :limit
