// Packs of a log that hold entries after a sequence; a pack has at most $pack of them.
// params: account, after, until, pack
MATCH (l:Log)
USING INDEX SEEK l:Log(account, first)
WHERE l.account = $account AND l.first > $after - $pack AND l.first <= $until AND l.last > $after
RETURN collect(properties(l)) AS rows
