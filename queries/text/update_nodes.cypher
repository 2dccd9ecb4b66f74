// Replace the properties of nodes of a kind, but for the slot each keeps.
// params: rows
UNWIND $rows AS row
MATCH (n:<label> {id: row.id})
USING INDEX SEEK n:<label>(id)
WITH n, row, n.slot AS slot
SET n = row
SET n.slot = slot
