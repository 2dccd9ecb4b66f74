-- Note what records refer to; rows are [target_kind, target_id, kind, id].
-- params: rows
INSERT INTO mention (target_kind, target_id, kind, id)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3
FROM json_each(:rows)
