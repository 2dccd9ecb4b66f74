// The things of an area, or an owner's.
// params: area, owner
MATCH (k:Kept {area: $area})
WHERE $owner IS NULL OR k.owner = $owner
RETURN collect([k.area, k.key, k.owner, k.body, k.expires, k.version]) AS rows
