// The schema of this database: its version and the kinds it knows; whether it holds anything at all, and whether
// what it holds is a restore that has not ended.
// params:
OPTIONAL MATCH (m:Meta {name: 'schema'})
RETURN [m.version, m.kinds, EXISTS { MATCH (n) WHERE NOT n:Meta }, EXISTS { MATCH (:Meta {name: 'restore'}) }] AS rows
