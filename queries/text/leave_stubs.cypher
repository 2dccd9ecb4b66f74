// Note what deleted records leave; rows are the properties of a stub.
// params: rows
UNWIND $rows AS row
MERGE (s:Stub {key: row.key})
SET s = row
