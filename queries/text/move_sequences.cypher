// Say how far logs have come; rows hold account, value, slots, hash and at.
// params: rows
UNWIND $rows AS row
MERGE (h:Sequence {account: row.account})
SET h.value = row.value, h.slots = row.slots, h.hash = row.hash, h.at = row.at
