// As find_edges, within some accounts: of each no more than are asked for, in the order of its index.
// params: accounts, after, where, limit
UNWIND $accounts AS account
CALL (account) {
    MATCH (s)-[r:<type>]->(t)
    USING INDEX SEEK r:<type>(account, id)
    WHERE r.account = account AND r.id > $after
    WITH s, r, t, r {.*, source_id: s.id, target_id: t.id} AS fields
    WHERE all(name IN keys($where) WHERE fields[name] = $where[name])
    RETURN s, r, t ORDER BY r.account, r.id LIMIT $limit
}
WITH s, r, t ORDER BY r.id LIMIT $limit
RETURN collect([properties(r), s.id, t.id]) AS rows
