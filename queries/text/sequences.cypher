// How far some logs have come, as [log, sequence, slots their nodes have used, hash, at].
// params: logs
UNWIND $logs AS log
MATCH (h:Sequence {account: log})
USING INDEX SEEK h:Sequence(account)
RETURN collect([h.account, h.value, h.slots, h.hash, h.at]) AS rows
