// How far the logs of an account and of the firm have come; no row if there is no such account.
// params: account
MATCH (a:Account {id: $account})
OPTIONAL MATCH (own:Sequence {account: $account})
OPTIONAL MATCH (firm:Sequence {account: 'firm'})
RETURN [coalesce(own.value, 0), coalesce(firm.value, 0)] AS rows
