// Packs of log entries whose reason is that of a merge.
// params:
MATCH (l:Log)
WHERE l.reason STARTS WITH 'merge '
RETURN collect(properties(l)) AS rows
