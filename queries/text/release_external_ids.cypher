// Free ids in other systems.
// params: keys
UNWIND $keys AS key
MATCH (x:ExternalId {key: key})
USING INDEX SEEK x:ExternalId(key)
DELETE x
