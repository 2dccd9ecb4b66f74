// The accounts, or some of them, as [id, name, tier].
// params: accounts
MATCH (a:Account)
WHERE $accounts IS NULL OR a.id IN $accounts
RETURN collect([a.id, a.name, a.tier]) AS rows
