// Packs of a log that hold entries after a sequence, without seals, as [first, at, entries] in their order.
// params: account, after, until, pack
MATCH (l:Log)
USING INDEX SEEK l:Log(account, first)
WHERE l.account = $account AND l.first > $after - $pack AND l.first <= $until AND l.last > $after
WITH l ORDER BY l.first
RETURN collect([l.first, l.at, l.entries]) AS rows
