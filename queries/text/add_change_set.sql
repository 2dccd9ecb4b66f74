-- Note that a change set was applied, and what it did.
-- params: id, digest, at, actor, reason, request_id, result
INSERT INTO change_set (id, digest, at, actor, reason, request_id, result)
VALUES (:id, :digest, :at, :actor, :reason, :request_id, :result)
RETURNING pk
