// Merges of people that stand in a log, as [change set, reason].
// params: account
MATCH (l:Log)
USING INDEX SEEK l:Log(account, first)
WHERE l.account = $account AND l.first > 0 AND l.reason STARTS WITH 'merge '
RETURN collect(DISTINCT [l.change_set, l.reason]) AS rows
