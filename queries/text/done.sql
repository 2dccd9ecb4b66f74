-- What change sets did, as [id, digest, result].
-- params: ids
SELECT json_group_array(json_array(c.id, c.digest, c.result))
FROM json_each(:ids) AS w
CROSS JOIN change_set AS c ON c.id = w.value
