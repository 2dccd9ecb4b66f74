// The head of a log that is there, locked until the transaction ends.
// params: log
MATCH (h:Sequence {account: $log})
SET h.locked = true
