-- The fingerprint of which fields are mirrored in which columns.
-- params:
SELECT value FROM meta WHERE name = 'columns'
