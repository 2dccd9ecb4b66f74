// What change sets did, as [id, digest, result].
// params: ids
UNWIND $ids AS id
MATCH (c:ChangeSet {id: id})
USING INDEX SEEK c:ChangeSet(id)
RETURN collect([c.id, c.digest, c.result]) AS rows
