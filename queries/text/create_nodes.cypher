// Make nodes of a kind; rows are their properties.
// params: rows
UNWIND $rows AS row
CREATE (n:<label>)
SET n = row
