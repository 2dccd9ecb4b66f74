-- The channel links between accounts, or between two of some.
-- A JSON array of [id, source, target, kind, share, since, until].
-- params: accounts
SELECT '[' || coalesce(group_concat(
    '[' || json_quote(id) || ',' || (body -> '$.source_id') || ',' || (body -> '$.target_id')
    || ',' || (body -> '$.kind') || ',' || coalesce(body -> '$.share', 'null')
    || ',' || coalesce(body -> '$.since', 'null') || ',' || coalesce(body -> '$.until', 'null') || ']'
), '') || ']'
FROM edge
WHERE kind = 'channel' AND (
    :accounts IS NULL
    OR body ->> '$.source_id' IN (SELECT value FROM json_each(:accounts))
    AND body ->> '$.target_id' IN (SELECT value FROM json_each(:accounts))
)
