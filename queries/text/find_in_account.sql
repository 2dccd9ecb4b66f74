-- As find, within one account: in the order of its index.
-- params: account, after, where, limit
SELECT
    group_concat(r.id, char(30)),
    group_concat(coalesce(r.account, ''), char(30)),
    group_concat(coalesce(r.other, ''), char(30)),
    group_concat(r.revision, char(30)),
    group_concat(r.sequence, char(30)),
    group_concat(r.created_at, char(30)),
    group_concat(r.updated_at, char(30)),
    group_concat(r.body, char(30))
FROM (
    SELECT *
    FROM <table> AS f
    WHERE f.account = :account AND f.kind = '<kind>' AND f.id > :after
      AND NOT EXISTS (SELECT 1 FROM json_each(:where) AS w WHERE (f.body ->> w.key) IS NOT w.value)
    ORDER BY f.id
    LIMIT :limit
) AS r
