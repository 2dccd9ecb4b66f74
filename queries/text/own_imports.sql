-- Make imports those of this process.
-- params: owner, ids
UPDATE import_state SET owner = :owner WHERE id IN (SELECT value FROM json_each(:ids))
