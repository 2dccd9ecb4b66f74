// Keep things beside the graph, whatever is there; rows hold place and what to set.
// params: rows
UNWIND $rows AS row
MERGE (k:Kept {place: row.place})
SET k += row.set, k.version = coalesce(k.version, 0) + 1
