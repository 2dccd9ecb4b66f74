// The channels by which accounts own others, on every way down from some of them.
// Rows are [id, source, target, since, until].
// params: accounts
UNWIND $accounts AS id
MATCH (a:Account {id: id})
USING INDEX SEEK a:Account(id)
MATCH (a)-[:CHANNEL*0.. {kind: 'owns'}]->(owner)
WITH DISTINCT owner
MATCH (owner)-[r:CHANNEL {kind: 'owns'}]->(one)
RETURN collect([r.id, owner.id, one.id, r.since, r.until]) AS rows
