-- The records of a log as they stood at a sequence: the last change of each, unless that was its deletion.
-- Beside it when the record was made: by its last change that had nothing before it. No values: ties of others.
-- params: account, until
SELECT
    group_concat(l.kind, char(30)),
    group_concat(l.revision, char(30)),
    group_concat(made.at, char(30)),
    group_concat(changed.at, char(30)),
    group_concat(l.after, char(30))
FROM (
    SELECT max(e.sequence) AS last, max(CASE WHEN e.before IS NULL THEN e.sequence END) AS first
    FROM log AS e
    WHERE e.account = :account AND e.sequence <= :until AND (e.before IS NOT NULL OR e.after IS NOT NULL)
    GROUP BY e.kind, e.id
) AS of_record
CROSS JOIN log AS l ON l.account = :account AND l.sequence = of_record.last
CROSS JOIN change_set AS changed ON changed.pk = l.change_set
CROSS JOIN log AS f ON f.account = :account AND f.sequence = of_record.first
CROSS JOIN change_set AS made ON made.pk = f.change_set
WHERE l.after IS NOT NULL
