// The newest imports before one, or of all, newest first.
// params: limit, started, id
MATCH (i:Import)
WHERE $started IS NULL OR i.started < $started OR (i.started = $started AND i.id < $id)
WITH i ORDER BY i.started DESC, i.id DESC LIMIT $limit
RETURN collect(i.told) AS rows
