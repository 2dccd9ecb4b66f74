-- Imports that are at work by their own account, but for some; the file has one process, so they were cut off.
-- params: but
SELECT json_group_array(json_array(id, told))
FROM import_state
WHERE active AND id NOT IN (SELECT value FROM json_each(:but))
