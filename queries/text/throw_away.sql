-- Keep these things no longer.
-- params: area, keys
DELETE FROM kept WHERE area = :area AND key IN (SELECT value FROM json_each(:keys))
