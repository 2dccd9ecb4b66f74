// An account's nodes of a kind as columns; $nothing stands where a property is missing.
// A slice of them: the first ones after an id.
// params: account, after, limit, nothing
MATCH (n:<label>)
USING INDEX SEEK n:<label>(account, id)
WHERE n.account = $account AND n.id > $after
WITH n ORDER BY n.account, n.id LIMIT $limit
RETURN [
    collect(n.slot), collect(n.id)
    , CASE count(n.<property>) WHEN 0 THEN [] ELSE collect(coalesce(n.<property>, $nothing)) END
] AS rows
