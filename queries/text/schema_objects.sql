-- Tables and indexes of a file as [type, name, text], but for those SQLite makes by itself.
-- params:
SELECT json_group_array(json_array(type, name, sql))
FROM (SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type, name)
