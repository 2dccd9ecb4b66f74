// Nodes in which, or in whose open jobs and their departments, every expression hits; [label, ids] in order.
// params: expressions, labels, accounts, on, after, limit
UNWIND range(0, size($expressions) - 1) AS place
CALL {
    WITH place
    CALL db.index.fulltext.queryNodes('search_nodes', $expressions[place]) YIELD node
    RETURN node
    UNION ALL
    WITH place
    CALL db.index.fulltext.queryRelationships('search_jobs', $expressions[place]) YIELD relationship AS j
    WITH j
    WHERE 'Contact' IN $labels AND coalesce(j.since, '') <= $on AND coalesce(j.until, '9999-12-31') > $on
    RETURN startNode(j) AS node
    UNION ALL
    WITH place
    CALL db.index.fulltext.queryNodes('search_nodes', $expressions[place]) YIELD node AS d
    MATCH (d:Department)<-[j:WORKS_IN]-(node:Contact)
    WHERE 'Contact' IN $labels AND coalesce(j.since, '') <= $on AND coalesce(j.until, '9999-12-31') > $on
    RETURN node
}
WITH node, count(DISTINCT place) AS hits
WHERE hits = size($expressions) AND node.id > $after AND labels(node)[0] IN $labels
  AND ($accounts IS NULL OR node.account IS NULL OR node.account IN $accounts)
WITH labels(node)[0] AS label, node.id AS id
ORDER BY id
WITH label, collect(id)[..$limit] AS ids
RETURN collect([label, ids]) AS rows
