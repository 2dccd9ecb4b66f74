// Make edges of a kind; rows hold source, target and properties.
// params: rows
UNWIND $rows AS row
MATCH (s:<source_label> {id: row.source})
USING INDEX SEEK s:<source_label>(id)
MATCH (t:<target_label> {id: row.target})
USING INDEX SEEK t:<target_label>(id)
CREATE (s)-[r:<type>]->(t)
SET r = row.properties
