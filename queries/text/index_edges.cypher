// Edges of a kind are found by their account, in the order of ids.
// params:
CREATE INDEX <kind>_account IF NOT EXISTS FOR ()-[r:<type>]-() ON (r.account, r.id)
