// How far a log had come at a moment; its times never go back. Several packs may be of one time.
// params: account, moment
MATCH (l:Log)
USING INDEX SEEK l:Log(account, at)
WHERE l.account = $account AND l.at <= $moment
WITH l.account AS account, l.at AS at ORDER BY account DESC, at DESC LIMIT 1
MATCH (m:Log)
USING INDEX SEEK m:Log(account, at)
WHERE m.account = account AND m.at = at
RETURN max(m.last) AS rows
