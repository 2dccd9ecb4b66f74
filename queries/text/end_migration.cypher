// Let go of the right to change the schema; says whether it was the holder's until now.
// params: holder
OPTIONAL MATCH (m:Meta {name: 'migration', holder: $holder})
SET m.locked = true
REMOVE m.holder
RETURN m IS NOT NULL AS rows
