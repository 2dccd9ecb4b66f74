// How far some logs have come, and how many slots their nodes have used.
// params: logs
UNWIND $logs AS log
MATCH (h:Sequence {account: log})
USING INDEX SEEK h:Sequence(account)
RETURN collect([h.account, h.value, h.slots]) AS rows
