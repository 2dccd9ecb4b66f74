// Say how far logs have come; rows hold account, value and slots.
// params: rows
UNWIND $rows AS row
MERGE (h:Sequence {account: row.account})
SET h.value = row.value, h.slots = row.slots
