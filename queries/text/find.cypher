// Nodes of a kind after an id, in the order of ids, whose fields have the wanted values.
// params: after, where, limit
MATCH (n:<label>)
USING INDEX SEEK n:<label>(id)
WHERE n.id > $after AND all(name IN keys($where) WHERE n[name] = $where[name])
WITH n ORDER BY n.id LIMIT $limit
RETURN collect([properties(n)]) AS rows
