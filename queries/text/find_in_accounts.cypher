// As find, within some accounts.
// params: accounts, after, where, limit
UNWIND $accounts AS account
MATCH (n:<label>)
USING INDEX SEEK n:<label>(account, id)
WHERE n.account = account AND n.id > $after AND all(name IN keys($where) WHERE n[name] = $where[name])
WITH n ORDER BY n.id LIMIT $limit
RETURN collect([properties(n)]) AS rows
