-- The newest imports before one, or of all, newest first: a JSON array.
-- params: limit, started, id
SELECT json_group_array(told)
FROM (
    SELECT told FROM import_state
    WHERE :started IS NULL OR (started, id) < (:started, :id)
    ORDER BY started DESC, id DESC LIMIT :limit
)
