// How far an import has come.
// params: id
MATCH (i:Import {id: $id})
RETURN i.told AS rows
