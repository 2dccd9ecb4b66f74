// The ties between people of two accounts, or of two of some.
// Rows are [id, type, source, its account, target, its account, weight, stated, polarity, line, opportunity,
// since, until].
// params: accounts
MATCH (s:Contact)-[r:BOND|INFLUENCES|REPORTS_TO]->(t:Contact)
WHERE r.other IS NOT NULL
  AND ($accounts IS NULL OR s.account_id IN $accounts AND t.account_id IN $accounts)
RETURN collect([
  r.id, toLower(type(r)), s.id, s.account_id, t.id, t.account_id, r.weight, r.stated, r.polarity, r.line,
  r.opportunity_id, r.since, r.until
]) AS rows
