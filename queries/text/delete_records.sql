-- Remove records of a kind.
-- params: ids
DELETE FROM <table>
WHERE kind = '<kind>' AND id IN (SELECT value FROM json_each(:ids))
