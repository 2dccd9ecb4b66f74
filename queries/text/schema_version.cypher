// The schema of this database: its version and the kinds it knows; and whether it holds anything at all.
// params:
OPTIONAL MATCH (m:Meta {name: 'schema'})
RETURN [m.version, m.kinds, EXISTS { MATCH () }] AS rows
