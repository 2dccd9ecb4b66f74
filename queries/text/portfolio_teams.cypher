// Who of ours serves the accounts, as [account, role, since, until].
// params: accounts
MATCH (:Member)-[r:SERVES]->(a:Account)
WHERE $accounts IS NULL OR a.id IN $accounts
RETURN collect([a.id, r.role, r.since, r.until]) AS rows
