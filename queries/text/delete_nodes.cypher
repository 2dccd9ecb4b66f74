// Remove nodes of a kind; refused by the database while anything is tied to one.
// params: ids
UNWIND $ids AS id
MATCH (n:<label> {id: id})
USING INDEX SEEK n:<label>(id)
DELETE n
