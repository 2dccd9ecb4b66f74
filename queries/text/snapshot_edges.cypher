// An account's edges of a kind as columns; an end in another account is slot -1.
// params: account, nothing
MATCH (s)-[r:<type>]->(t)
WHERE r.account = $account AND r.id >= ''
RETURN [
    collect(CASE WHEN r.other IS NULL THEN s.slot ELSE -1 END), collect(t.slot), collect(r.id)
    , collect(coalesce(r.<property>, $nothing))
] AS rows
