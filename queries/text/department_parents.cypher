// The departments of accounts, each with the one it is part of, as [account, id, parent].
// params: accounts
UNWIND $accounts AS account
MATCH (d:Department)
USING INDEX SEEK d:Department(account, id)
WHERE d.account = account AND d.id >= ''
RETURN collect([account, d.id, d.parent_id]) AS rows
