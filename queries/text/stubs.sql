-- What deleted records of a kind left.
-- params: ids
SELECT
    group_concat(s.id, char(30)),
    group_concat(s.account, char(30)),
    group_concat(s.sequence, char(30)),
    group_concat(s.revision, char(30))
FROM json_each(:ids) AS w
CROSS JOIN stub AS s ON s.kind = '<kind>' AND s.id = w.value
