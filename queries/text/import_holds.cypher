// The logs that imports hold, or those of some, as [log, import, owner].
// params: logs
MATCH (h:ImportHold)
WHERE $logs IS NULL OR h.log IN $logs
RETURN collect([h.log, h.import, h.owner]) AS rows
