// Forget what change sets asked for.
// params: ids
UNWIND $ids AS id
MATCH (c:ChangeSet {id: id})
USING INDEX SEEK c:ChangeSet(id)
SET c.digest = ''
