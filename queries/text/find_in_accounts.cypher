// As find, within some accounts: of each no more than are asked for, in the order of its index.
// params: accounts, after, where, limit
UNWIND $accounts AS account
CALL (account) {
    MATCH (n:<label>)
    USING INDEX SEEK n:<label>(account, id)
    WHERE n.account = account AND n.id > $after AND all(name IN keys($where) WHERE n[name] = $where[name])
    RETURN n ORDER BY n.account, n.id LIMIT $limit
}
WITH n ORDER BY n.id LIMIT $limit
RETURN collect([properties(n)]) AS rows
