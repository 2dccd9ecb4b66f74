// The nodes of a kind that belong to accounts, as [account, id].
// params: ids
UNWIND $ids AS account
MATCH (n:<label>)
USING INDEX SEEK n:<label>(account, id)
WHERE n.account = account AND n.id >= ''
RETURN collect([account, n.id]) AS rows
