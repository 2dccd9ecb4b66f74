-- Remove what records of a kind refer to.
-- params: ids
DELETE FROM mention
WHERE kind = '<kind>' AND id IN (SELECT value FROM json_each(:ids))
