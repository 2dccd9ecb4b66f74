// Keep these things no longer; gives how many there were.
// params: places
UNWIND $places AS place
MATCH (k:Kept {place: place})
DELETE k
RETURN count(*) AS rows
