// The accounts, or some of them, as the portfolio shows them.
// Rows are [id, name, status, tier, tier reason, annual volume, currency].
// params: accounts
MATCH (a:Account)
WHERE $accounts IS NULL OR a.id IN $accounts
RETURN collect([a.id, a.name, a.status, a.tier, a.tier_reason, a.annual_volume, a.currency]) AS rows
