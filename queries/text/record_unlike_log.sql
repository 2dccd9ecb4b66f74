-- The first record of a log, by kind and id, that is not as the log left it: body and revision, missing or too many.
-- params: log, owner
WITH left_behind (kind, id, revision, body) AS (
    SELECT l.kind, l.id, l.revision, l.after
    FROM (
        SELECT max(e.sequence) AS last
        FROM log AS e
        WHERE e.account = :log AND (e.before IS NOT NULL OR e.after IS NOT NULL)
        GROUP BY e.kind, e.id
    ) AS of_record
    CROSS JOIN log AS l ON l.account = :log AND l.sequence = of_record.last
    WHERE l.after IS NOT NULL
),
held (kind, id, revision, body) AS (
    SELECT kind, id, revision, body FROM node WHERE account IS :owner
    UNION ALL
    SELECT kind, id, revision, body FROM edge WHERE account IS :owner
)
SELECT kind, id
FROM (
    SELECT kind, id FROM (SELECT * FROM held EXCEPT SELECT * FROM left_behind)
    UNION ALL
    SELECT kind, id FROM (SELECT * FROM left_behind EXCEPT SELECT * FROM held)
)
ORDER BY kind, id
LIMIT 1
