// Set the terms of edges of a kind; rows hold id and terms.
// params: rows
UNWIND $rows AS row
MATCH ()-[r:<type> {id: row.id}]->()
USING INDEX SEEK r:<type>(id)
SET r.search_terms = row.terms
