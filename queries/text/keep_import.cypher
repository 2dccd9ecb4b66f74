// Note how far an import has come, whose it is and that its process is there now.
// params: id, row
MERGE (i:Import {id: $id})
SET i += $row, i.seen = timestamp()
