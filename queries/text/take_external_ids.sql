-- Note ids in other systems; rows are [kind, system, value, id].
-- params: rows
INSERT INTO external_id (kind, system, value, id)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3
FROM json_each(:rows)
WHERE true
ON CONFLICT (kind, system, value) DO UPDATE SET id = excluded.id
