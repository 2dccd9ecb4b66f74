// As find_edges, within some accounts.
// params: accounts, after, where, limit
UNWIND $accounts AS account
MATCH (s)-[r:<type>]->(t)
USING INDEX SEEK r:<type>(account, id)
WHERE r.account = account AND r.id > $after
WITH s, r, t, r {.*, source_id: s.id, target_id: t.id} AS fields
WHERE all(name IN keys($where) WHERE fields[name] = $where[name])
WITH s, r, t ORDER BY r.id LIMIT $limit
RETURN collect([properties(r), s.id, t.id]) AS rows
