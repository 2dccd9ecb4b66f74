// How far the packs of each log reach, and how many entries they hold, as [log, last sequence, entries].
// params:
MATCH (l:Log)
WITH l.account AS log, max(l.last) AS last, sum(l.last - l.first + 1) AS entries
RETURN collect([log, last, entries]) AS rows
