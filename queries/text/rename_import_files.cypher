// Say otherwise of an import what its files were called.
// params: id, told
MATCH (i:Import {id: $id})
USING INDEX SEEK i:Import(id)
SET i.told = $told
