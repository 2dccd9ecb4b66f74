-- The accounts, or some of them, as the portfolio shows them.
-- A JSON array of [id, name, status, tier, tier reason, annual volume, currency].
-- params: accounts
SELECT '[' || coalesce(group_concat(
    '[' || json_quote(id) || ',' || (body -> '$.name') || ',' || (body -> '$.status')
    || ',' || coalesce(body -> '$.tier', 'null') || ',' || coalesce(body -> '$.tier_reason', 'null')
    || ',' || coalesce(body -> '$.annual_volume', 'null') || ',' || coalesce(body -> '$.currency', 'null') || ']'
), '') || ']'
FROM node
WHERE kind = 'account' AND (:accounts IS NULL OR id IN (SELECT value FROM json_each(:accounts)))
