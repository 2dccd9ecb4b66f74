// The records that refer to nodes of a kind, as [node, kind, id].
// params: ids
UNWIND $ids AS id
MATCH (n:<label> {id: id})<-[r:REFERS_TO]-()
USING INDEX SEEK n:<label>(id)
RETURN collect([id, r.kind, r.id]) AS rows
