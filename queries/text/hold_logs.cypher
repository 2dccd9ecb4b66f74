// Hold logs for an import.
// params: id, owner, logs
UNWIND $logs AS log
CREATE (:ImportHold {log: log, import: $id, owner: $owner})
