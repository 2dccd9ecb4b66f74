// What deleted records left, as [key, log, sequence, revision].
// params: keys
UNWIND $keys AS key
MATCH (s:Stub {key: key})
USING INDEX SEEK s:Stub(key)
RETURN collect([s.key, s.log, s.sequence, s.revision]) AS rows
