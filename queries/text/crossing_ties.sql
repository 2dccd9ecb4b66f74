-- The ties between people of two accounts, or of two of some.
-- A JSON array of [id, kind, source, its account, target, its account, weight, stated, polarity, line,
-- opportunity, since, until].
-- params: accounts
SELECT '[' || coalesce(group_concat(
    '[' || json_quote(e.id) || ',' || json_quote(e.kind)
    || ',' || json_quote(s.id) || ',' || json_quote(s.account)
    || ',' || json_quote(t.id) || ',' || json_quote(t.account)
    || ',' || coalesce(e.body -> '$.weight', 'null') || ',' || coalesce(e.body -> '$.stated', 'null')
    || ',' || coalesce(e.body -> '$.polarity', 'null') || ',' || coalesce(e.body -> '$.line', 'null')
    || ',' || coalesce(e.body -> '$.opportunity_id', 'null')
    || ',' || coalesce(e.body -> '$.since', 'null') || ',' || coalesce(e.body -> '$.until', 'null') || ']'
), '') || ']'
FROM edge AS e
JOIN node AS s ON s.pk = e.source
JOIN node AS t ON t.pk = e.target
WHERE e.kind IN ('bond', 'influences', 'reports_to') AND e.other IS NOT NULL AND (
    :accounts IS NULL
    OR s.account IN (SELECT value FROM json_each(:accounts))
    AND t.account IN (SELECT value FROM json_each(:accounts))
)
