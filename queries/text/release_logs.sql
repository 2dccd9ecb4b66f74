-- Let go of the logs an import holds.
-- params: id
DELETE FROM import_hold WHERE import = :id
