// All logs, locked until the transaction ends, in the order in which writers lock them.
// params:
MATCH (h:Sequence)
WITH h ORDER BY h.account
SET h.locked = true
RETURN collect(h.account) AS rows
