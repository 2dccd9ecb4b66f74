// Set the terms of nodes of a kind; rows hold id and terms.
// params: rows
UNWIND $rows AS row
MATCH (n:<label> {id: row.id})
USING INDEX SEEK n:<label>(id)
SET n.search_terms = row.terms
