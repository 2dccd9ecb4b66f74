// Who has which ids in other systems, as [key, id].
// params: keys
UNWIND $keys AS key
MATCH (x:ExternalId {key: key})
USING INDEX SEEK x:ExternalId(key)
RETURN collect([x.key, x.id]) AS rows
