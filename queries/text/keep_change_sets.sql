-- Note change sets that another store applied; rows are [id, digest, at, actor, reason, request_id, result].
-- params: rows
INSERT INTO change_set (id, digest, at, actor, reason, request_id, result)
SELECT
    value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
FROM json_each(:rows)
