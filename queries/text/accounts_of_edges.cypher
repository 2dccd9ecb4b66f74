// The accounts that edges of a kind belong to or reach into.
// params: ids
UNWIND $ids AS id
MATCH ()-[r:<type> {id: id}]->()
USING INDEX SEEK r:<type>(id)
RETURN collect(DISTINCT r.account) + collect(DISTINCT r.other) AS rows
