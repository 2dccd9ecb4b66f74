// The accounts, or some of them, as the channel map shows them.
// Rows are [id, name, status, tier, channel role].
// params: accounts
MATCH (a:Account)
WHERE $accounts IS NULL OR a.id IN $accounts
RETURN collect([a.id, a.name, a.status, a.tier, a.channel_role]) AS rows
