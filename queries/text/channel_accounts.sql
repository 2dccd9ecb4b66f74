-- The accounts, or some of them, as the channel map shows them.
-- A JSON array of [id, name, status, tier, channel role].
-- params: accounts
SELECT json_group_array(json_array(
    id, body ->> '$.name', body ->> '$.status', body ->> '$.tier', body ->> '$.channel_role'
))
FROM node
WHERE kind = 'account' AND (:accounts IS NULL OR id IN (SELECT value FROM json_each(:accounts)))
