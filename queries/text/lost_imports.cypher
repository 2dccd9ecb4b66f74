// Take over imports: those this process has left, and those silent for longer than a lease. Each is locked first.
// params: owner, but, lease
MATCH (i:Import {active: true})
WHERE NOT i.id IN $but
SET i.looked = timestamp()
WITH i WHERE i.owner = $owner OR i.seen < timestamp() - $lease
SET i.owner = $owner, i.seen = timestamp()
WITH i
CALL (i) { MATCH (h:ImportHold {import: i.id}) SET h.owner = $owner }
RETURN collect(i.told) AS rows
