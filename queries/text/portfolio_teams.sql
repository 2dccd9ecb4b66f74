-- Who of ours serves the accounts; a JSON array of [account, role, since, until].
-- params: accounts
SELECT json_group_array(
    json_array(account, body ->> '$.role', body ->> '$.since', body ->> '$.until')
)
FROM edge
WHERE kind = 'serves' AND (:accounts IS NULL OR account IN (SELECT value FROM json_each(:accounts)))
