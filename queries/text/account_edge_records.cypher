// An account's edges of a kind, as [properties, id of the source, id of the target].
// A slice of them: the first ones after an id.
// params: account, after, limit
MATCH (s)-[r:<type>]->(t)
USING INDEX SEEK r:<type>(account, id)
WHERE r.account = $account AND r.id > $after
WITH s, r, t ORDER BY r.account, r.id LIMIT $limit
RETURN collect([properties(r), s.id, t.id]) AS rows
