// Edges of a kind by their ids, as [properties, id of the source, id of the target].
// params: ids
UNWIND $ids AS id
MATCH (s)-[r:<type> {id: id}]->(t)
USING INDEX SEEK r:<type>(id)
RETURN collect([properties(r), s.id, t.id]) AS rows
