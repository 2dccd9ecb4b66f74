// Remove edges of a kind.
// params: ids
UNWIND $ids AS id
MATCH ()-[r:<type> {id: id}]->()
DELETE r
