-- Say otherwise of an import what its files were called.
-- params: id, told
UPDATE import_state SET told = :told WHERE id = :id
