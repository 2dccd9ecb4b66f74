-- The newest imports, newest first: a JSON array.
-- params: limit
SELECT json_group_array(told)
FROM (SELECT told FROM import_state ORDER BY started DESC, id DESC LIMIT :limit)
