// Write packs of log entries; rows are the properties of a pack.
// params: rows
UNWIND $rows AS row
CREATE (l:Log)
SET l = row
