// An account's nodes of a kind as columns; $nothing stands where a property is missing.
// params: account, nothing
MATCH (n:<label>)
WHERE n.account = $account AND n.id >= ''
RETURN [
    collect(n.slot), collect(n.id)
    , collect(coalesce(n.<property>, $nothing))
] AS rows
