-- The logs that imports hold, or those of some: a JSON array of [log, import, owner].
-- params: logs
SELECT json_group_array(json_array(h.log, h.import, i.owner))
FROM import_hold AS h JOIN import_state AS i ON i.id = h.import
WHERE :logs IS NULL OR h.log IN (SELECT value FROM json_each(:logs))
