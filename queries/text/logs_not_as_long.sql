-- Logs whose head is not their last entry, or that have gaps.
-- params:
SELECT json_group_array(log)
FROM (
    SELECT names.log
    FROM (SELECT account AS log FROM sequence UNION SELECT account FROM log) AS names
    LEFT JOIN sequence AS s ON s.account = names.log
    LEFT JOIN (
        SELECT account, max(sequence) AS last, count(*) AS entries FROM log GROUP BY account
    ) AS l ON l.account = names.log
    WHERE s.value IS NOT l.last OR l.last IS NOT l.entries
    ORDER BY names.log
)
