// How far the logs of an account and of the firm have come, and how many people were erased;
// no row if there is no such account.
// params: account
MATCH (a:Account {id: $account})
USING INDEX SEEK a:Account(id)
OPTIONAL MATCH (own:Sequence {account: $account})
USING INDEX SEEK own:Sequence(account)
OPTIONAL MATCH (firm:Sequence {account: 'firm'})
USING INDEX SEEK firm:Sequence(account)
RETURN [coalesce(own.value, 0), coalesce(firm.value, 0), COUNT { MATCH (:Kept {area: 'erasure'}) }] AS rows
