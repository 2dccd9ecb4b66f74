-- The accounts, or some of them; a JSON array of [id, name, tier].
-- params: accounts
SELECT json_group_array(json_array(id, body ->> '$.name', body ->> '$.tier'))
FROM node
WHERE kind = 'account' AND (:accounts IS NULL OR id IN (SELECT value FROM json_each(:accounts)))
