// Note ids in other systems; rows hold key and id.
// params: rows
UNWIND $rows AS row
MERGE (x:ExternalId {key: row.key})
SET x.id = row.id
