// Say which schema this database has.
// params: version, kinds
MERGE (m:Meta {name: 'schema'})
SET m.version = $version, m.kinds = $kinds
