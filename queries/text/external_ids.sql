-- Who has which ids in other systems; keys are [kind, system, value].
-- params: keys
SELECT
    group_concat(x.kind, char(30)),
    group_concat(x.system, char(30)),
    json_group_array(x.value),
    group_concat(x.id, char(30))
FROM json_each(:keys) AS w
CROSS JOIN external_id AS x
    ON x.kind = w.value ->> 0 AND x.system = w.value ->> 1 AND x.value = w.value ->> 2
