// An account's nodes of a kind, as [properties].
// params: account
MATCH (n:<label>)
USING INDEX SEEK n:<label>(account, id)
WHERE n.account = $account AND n.id >= ''
RETURN collect([properties(n)]) AS rows
