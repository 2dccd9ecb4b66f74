// What is left of packs of log entries whose words were erased; rows hold account, first, entries and seals.
// params: rows
UNWIND $rows AS row
MATCH (l:Log)
USING INDEX SEEK l:Log(account, first)
WHERE l.account = row.account AND l.first = row.first
SET l.entries = row.entries, l.seals = row.seals
