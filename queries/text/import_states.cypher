// The newest imports, newest first.
// params: limit
MATCH (i:Import)
WITH i ORDER BY i.started DESC, i.id DESC LIMIT $limit
RETURN collect(i.told) AS rows
