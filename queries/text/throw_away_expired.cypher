// Keep no longer what has run out; gives how many.
// params: now
MATCH (k:Kept)
WHERE k.expires <= $now
DELETE k
RETURN count(*) AS rows
