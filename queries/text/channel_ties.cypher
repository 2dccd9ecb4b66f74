// The channel links between accounts, or between two of some.
// Rows are [id, source, target, kind, share, since, until].
// params: accounts
MATCH (s:Account)-[r:CHANNEL]->(t:Account)
WHERE $accounts IS NULL OR s.id IN $accounts AND t.id IN $accounts
RETURN collect([r.id, s.id, t.id, r.kind, r.share, r.since, r.until]) AS rows
