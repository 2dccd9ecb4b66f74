-- Hold logs for an import.
-- params: id, logs
INSERT INTO import_hold (log, import)
SELECT value, :id FROM json_each(:logs)
