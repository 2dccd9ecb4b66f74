// The pack of a log that holds a sequence; a pack has at most $pack entries.
// params: account, sequence, pack
MATCH (l:Log)
USING INDEX SEEK l:Log(account, first)
WHERE l.account = $account AND l.first > $sequence - $pack AND l.first <= $sequence AND l.last >= $sequence
RETURN properties(l) AS rows
