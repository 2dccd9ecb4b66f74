// The edges that begin or end at nodes of a kind, as [node, type, id].
// params: ids
UNWIND $ids AS id
MATCH (n:<label> {id: id})-[r]-()
USING INDEX SEEK n:<label>(id)
WHERE type(r) <> 'REFERS_TO'
RETURN collect([id, type(r), r.id]) AS rows
