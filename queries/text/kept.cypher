// One thing.
// params: place
MATCH (k:Kept {place: $place})
RETURN [k.area, k.key, k.owner, k.body, k.expires, k.version] AS rows
