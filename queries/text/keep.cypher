// Keep a thing beside the graph; gives its version, or none if the one there is not of the expected version.
// Taken under the lock of its node, so that of two who read the same version one is told.
// params: place, row, expected
MERGE (k:Kept {place: $place})
SET k.place = $place
WITH k, coalesce(k.version, 0) AS version
WITH k, version, $expected IS NULL OR version = $expected AS fits
FOREACH (_ IN CASE WHEN fits THEN [1] ELSE [] END | SET k += $row, k.expires = $row.expires, k.version = version + 1)
FOREACH (_ IN CASE WHEN NOT fits AND version = 0 THEN [1] ELSE [] END | DELETE k)
RETURN CASE WHEN fits THEN version + 1 END AS rows
