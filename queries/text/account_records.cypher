// An account's nodes of a kind, as [properties].
// A slice of them: the first ones after an id.
// params: account, after, limit
MATCH (n:<label>)
USING INDEX SEEK n:<label>(account, id)
WHERE n.account = $account AND n.id > $after
WITH n ORDER BY n.account, n.id LIMIT $limit
RETURN collect([properties(n)]) AS rows
