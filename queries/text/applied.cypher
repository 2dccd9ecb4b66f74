// What a change set did, if it was applied.
// params: id
MATCH (c:ChangeSet {id: $id})
RETURN [c.digest, c.result] AS rows
