-- The records that refer to nodes of a kind.
-- params: ids
SELECT group_concat(m.target_id, char(30)), group_concat(m.kind, char(30)), group_concat(m.id, char(30))
FROM json_each(:ids) AS w
CROSS JOIN mention AS m ON m.target_kind = '<kind>' AND m.target_id = w.value
