// Edges of a kind after an id, in the order of ids, whose fields and ends have the wanted values.
// params: after, where, limit
MATCH (s)-[r:<type>]->(t)
USING INDEX SEEK r:<type>(id)
WHERE r.id > $after
WITH s, r, t, r {.*, source_id: s.id, target_id: t.id} AS fields
WHERE all(name IN keys($where) WHERE fields[name] = $where[name])
WITH s, r, t ORDER BY r.id LIMIT $limit
RETURN collect([properties(r), s.id, t.id]) AS rows
