// The solid reporting lines on every way up from some contacts, as [id, source, target, since, until].
// params: contacts
UNWIND $contacts AS id
MATCH (c:Contact {id: id})
USING INDEX SEEK c:Contact(id)
MATCH (c)-[:REPORTS_TO*0.. {line: 'solid'}]->(above)
WITH DISTINCT above
MATCH (above)-[r:REPORTS_TO {line: 'solid'}]->(boss)
RETURN collect([r.id, above.id, boss.id, r.since, r.until]) AS rows
