// Make edges of a kind; rows hold source, target and properties.
// params: rows
UNWIND $rows AS row
MATCH (s:<source_label> {id: row.source})
MATCH (t:<target_label> {id: row.target})
CREATE (s)-[r:<type>]->(t)
SET r = row.properties
