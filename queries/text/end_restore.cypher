// Note that what was restored is whole.
// params:
MATCH (m:Meta {name: 'restore'})
DELETE m
