// The values of the open opportunities of the accounts, as [account, value, currency].
// params: accounts
MATCH (o:Opportunity)
WHERE o.status = 'open' AND ($accounts IS NULL OR o.account IN $accounts)
RETURN collect([o.account, o.value, o.currency]) AS rows
