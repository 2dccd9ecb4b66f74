// What a change set did, if it was applied.
// params: id
MATCH (c:ChangeSet {id: $id})
USING INDEX SEEK c:ChangeSet(id)
RETURN [c.digest, c.result] AS rows
