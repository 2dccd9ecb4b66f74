-- Entries of a log after a sequence, oldest first; a JSON array for each column.
-- params: account, after, limit
SELECT
    '[' || coalesce(group_concat(sequence), '') || ']',
    '[' || coalesce(group_concat(json_array(
        at, actor, change_set, kind, id, revision, reason, request_id, prior,
        salt_before, salt_after, digest_before, digest_after, hash
    )), '') || ']',
    '[' || coalesce(group_concat(coalesce(before, 'null')), '') || ']',
    '[' || coalesce(group_concat(coalesce(after, 'null')), '') || ']'
FROM (
    SELECT
        l.sequence, c.at, c.actor, c.id AS change_set, l.kind, l.id, l.revision, c.reason, c.request_id,
        l.prior, l.before, l.after, l.salt_before, l.salt_after, l.digest_before, l.digest_after, l.hash
    FROM log AS l JOIN change_set AS c ON c.pk = l.change_set
    WHERE l.account = :account AND l.sequence > :after
    ORDER BY l.sequence
    LIMIT :limit
)
