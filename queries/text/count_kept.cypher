// How many things of an area are kept.
// params: area
MATCH (k:Kept {area: $area})
RETURN count(*) AS rows
