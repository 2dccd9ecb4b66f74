-- How many people and departments the accounts have; a JSON array of [account, kind, count].
-- params: accounts
SELECT json_group_array(json_array(account, kind, number))
FROM (
    SELECT account, kind, count(*) AS number
    FROM node
    WHERE account IS NOT NULL AND kind IN ('contact', 'department')
      AND (:accounts IS NULL OR account IN (SELECT value FROM json_each(:accounts)))
    GROUP BY account, kind
)
