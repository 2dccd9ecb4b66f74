-- The terms of records of a kind; rows are [id, terms]. In the order of rowids: the index writes a piece of its own
-- for each run of them.
-- params: rows
INSERT OR REPLACE INTO search (rowid, terms)
SELECT 2 * r.pk + ('<table>' = 'edge'), wanted.value ->> 1
FROM json_each(:rows) AS wanted
CROSS JOIN <table> AS r ON r.kind = '<kind>' AND r.id = wanted.value ->> 0
ORDER BY r.pk
