// Replace the properties of edges of a kind whose ends stay.
// params: rows
UNWIND $rows AS row
MATCH ()-[r:<type> {id: row.id}]->()
USING INDEX SEEK r:<type>(id)
SET r = row
