// An account's edges of a kind, as [properties, id of the source, id of the target].
// params: account
MATCH (s)-[r:<type>]->(t)
USING INDEX SEEK r:<type>(account, id)
WHERE r.account = $account AND r.id >= ''
RETURN collect([properties(r), s.id, t.id]) AS rows
