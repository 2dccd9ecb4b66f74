// Free ids in other systems.
// params: keys
UNWIND $keys AS key
MATCH (x:ExternalId {key: key})
DELETE x
