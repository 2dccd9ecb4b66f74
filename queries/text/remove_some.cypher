// Remove some of what a restore that was cut off has left; gives how many nodes.
// params: limit
MATCH (n)
WHERE NOT n:Meta
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS rows
