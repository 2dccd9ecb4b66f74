// The open jobs of contacts, as [contact, edge, title, department, primary, since].
// params: contacts, on
UNWIND $contacts AS id
MATCH (c:Contact {id: id})-[j:WORKS_IN]->(d:Department)
USING INDEX SEEK c:Contact(id)
WHERE coalesce(j.since, '') <= $on AND coalesce(j.until, '9999-12-31') > $on
RETURN collect([c.id, j.id, j.title, d.name, j.primary, j.since]) AS rows
