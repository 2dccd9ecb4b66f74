-- Records of a kind by their ids.
-- params: ids
SELECT
    group_concat(r.id, char(30)),
    group_concat(coalesce(r.account, ''), char(30)),
    group_concat(coalesce(r.other, ''), char(30)),
    group_concat(r.revision, char(30)),
    group_concat(r.sequence, char(30)),
    group_concat(r.created_at, char(30)),
    group_concat(r.updated_at, char(30)),
    group_concat(r.body, char(30))
FROM json_each(:ids) AS wanted
CROSS JOIN <table> AS r ON r.kind = '<kind>' AND r.id = wanted.value
