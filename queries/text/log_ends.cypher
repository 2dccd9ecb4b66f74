// How far logs have come, in the order of their names.
// params: logs
MATCH (h:Sequence)
WHERE h.account IN $logs
WITH h ORDER BY h.account
RETURN collect(h.value) AS rows
