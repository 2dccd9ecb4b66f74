// Take or keep the right to change the schema for some seconds; says whether it is the holder's now.
// params: holder, seconds
MERGE (m:Meta {name: 'migration'})
SET m.locked = true
WITH m, m.holder IS NULL OR m.holder = $holder OR m.until < datetime() AS free
SET m.holder = CASE WHEN free THEN $holder ELSE m.holder END
SET m.until = CASE WHEN free THEN datetime() + duration({seconds: $seconds}) ELSE m.until END
RETURN free AS rows
