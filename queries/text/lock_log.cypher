// The head of a log, locked until the transaction ends. Only the write takes the lock: read it afterwards.
// params: log
MERGE (h:Sequence {account: $log})
ON CREATE SET h.value = 0, h.slots = 0, h.hash = ''
SET h.locked = true
