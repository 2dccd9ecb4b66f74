// Let go of the logs an import holds.
// params: id
MATCH (h:ImportHold {import: $id})
DELETE h
