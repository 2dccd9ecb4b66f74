// Say how many slots the nodes of logs have used; rows hold account and slots.
// params: rows
UNWIND $rows AS row
MATCH (h:Sequence {account: row.account})
SET h.slots = row.slots
