-- Imports of other processes that are at work by their own account. The file has one process: they were cut off.
-- params: owner
SELECT json_group_array(json_array(id, told)) FROM import_state WHERE active AND owner <> :owner
