// Note what records refer to: from the record, or the source of the edge it is; rows hold start, target, kind, id.
// params: rows
UNWIND $rows AS row
MATCH (s:<label> {id: row.start})
USING INDEX SEEK s:<label>(id)
MATCH (t:<other_label> {id: row.target})
USING INDEX SEEK t:<other_label>(id)
CREATE (s)-[:REFERS_TO {kind: row.kind, id: row.id}]->(t)
