// Remove edges of a kind.
// params: ids
UNWIND $ids AS id
MATCH ()-[r:<type> {id: id}]->()
USING INDEX SEEK r:<type>(id)
DELETE r
