-- The values of the open opportunities of the accounts; a JSON array of [account, value, currency].
-- params: accounts
SELECT '[' || coalesce(group_concat(
    '[' || json_quote(account) || ',' || coalesce(body -> '$.value', 'null')
    || ',' || coalesce(body -> '$.currency', 'null') || ']'
), '') || ']'
FROM node
WHERE kind = 'opportunity' AND body ->> '$.status' = 'open'
  AND (:accounts IS NULL OR account IN (SELECT value FROM json_each(:accounts)))
