// Note change sets that another store applied; rows are their properties.
// params: rows
UNWIND $rows AS row
CREATE (c:ChangeSet)
SET c = row
