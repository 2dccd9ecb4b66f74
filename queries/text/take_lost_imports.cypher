// Take over imports whose process has said nothing for longer than its lease. The first write locks each.
// params: owner, lease
MATCH (i:Import {active: true})
SET i.looked = timestamp()
WITH i WHERE i.owner <> $owner AND i.seen < timestamp() - $lease
SET i.owner = $owner, i.seen = timestamp()
WITH i
CALL (i) { MATCH (h:ImportHold {import: i.id}) SET h.owner = $owner }
RETURN collect(i.told) AS rows
