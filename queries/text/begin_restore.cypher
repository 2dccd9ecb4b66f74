// Note that what the database holds from now on is unfinished.
// params:
MERGE (m:Meta {name: 'restore'})
