-- Remove the terms of records of a kind.
-- params: ids
DELETE FROM search
WHERE rowid IN (
    SELECT 2 * r.pk + ('<table>' = 'edge')
    FROM json_each(:ids) AS gone
    CROSS JOIN <table> AS r ON r.kind = '<kind>' AND r.id = gone.value
)
