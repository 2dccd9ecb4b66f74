// How many nodes of a kind the accounts have, as [account, count].
// params: accounts
MATCH (n:<label>)
WHERE $accounts IS NULL OR n.account IN $accounts
WITH n.account AS account, count(*) AS number
RETURN collect([account, number]) AS rows
