// How far all logs have come, or those of some accounts and of the firm; rows as in sequences.
// params: accounts
MATCH (h:Sequence)
WHERE h.value > 0 AND ($accounts IS NULL OR h.account = 'firm' OR h.account IN $accounts)
RETURN collect([h.account, h.value, h.slots, h.hash, h.at]) AS rows
