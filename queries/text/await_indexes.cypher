// Return when every index can be used.
// params: seconds
CALL db.awaitIndexes($seconds)
