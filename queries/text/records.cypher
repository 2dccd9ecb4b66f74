// Nodes of a kind by their ids, as [properties].
// params: ids
UNWIND $ids AS id
MATCH (n:<label> {id: id})
USING INDEX SEEK n:<label>(id)
RETURN collect([properties(n)]) AS rows
