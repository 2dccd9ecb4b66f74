// The firm's nodes of a kind as columns; $nothing stands where a property is missing.
// params: nothing
MATCH (n:<label>)
RETURN [
    collect(n.slot), collect(n.id)
    , collect(coalesce(n.<property>, $nothing))
] AS rows
