// Nodes of a kind are found by their account, in the order of ids.
// params:
CREATE INDEX <kind>_account IF NOT EXISTS FOR (n:<label>) ON (n.account, n.id)
