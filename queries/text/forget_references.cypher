// Remove what records refer to; rows hold start, kind and id as in add_references.
// params: rows
UNWIND $rows AS row
MATCH (s:<label> {id: row.start})-[r:REFERS_TO {kind: row.kind, id: row.id}]->()
USING INDEX SEEK s:<label>(id)
DELETE r
