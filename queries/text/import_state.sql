-- How far an import has come.
-- params: id
SELECT told FROM import_state WHERE id = :id
