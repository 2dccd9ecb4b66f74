// The accounts that nodes of a kind belong to.
// params: ids
UNWIND $ids AS id
MATCH (n:<label> {id: id})
USING INDEX SEEK n:<label>(id)
RETURN collect(DISTINCT n.account) AS rows
