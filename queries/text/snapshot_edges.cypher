// An account's edges of a kind as columns; an end in another account is slot -1.
// A slice of them: the first ones after an id.
// params: account, after, limit, nothing
MATCH (s)-[r:<type>]->(t)
USING INDEX SEEK r:<type>(account, id)
WHERE r.account = $account AND r.id > $after
WITH s, r, t ORDER BY r.account, r.id LIMIT $limit
RETURN [
    collect(CASE WHEN r.other IS NULL THEN s.slot ELSE -1 END), collect(t.slot), collect(r.id)
    , CASE count(r.<property>) WHEN 0 THEN [] ELSE collect(coalesce(r.<property>, $nothing)) END
] AS rows
