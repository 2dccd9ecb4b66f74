// Edges of a kind that do not lead to a record of ours, or are none themselves: the first few ids.
// params:
MATCH (s)-[r:<type>]->(t)
WHERE s.id IS NULL OR NOT t:<target_label> OR t.id IS NULL OR r.id IS NULL OR r.revision IS NULL
WITH r LIMIT 5
RETURN collect(coalesce(r.id, '?')) AS rows
