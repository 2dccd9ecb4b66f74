-- The entries of one record in a log, from a sequence back, newest first; columns as in log_entries.
-- params: account, kind, id, start, limit
WITH RECURSIVE chain (sequence, prior, place) AS (
    SELECT sequence, prior, 1 FROM log
    WHERE account = :account AND sequence = :start AND kind = :kind AND id = :id
    UNION ALL
    SELECT l.sequence, l.prior, chain.place + 1
    FROM chain CROSS JOIN log AS l ON l.account = :account AND l.sequence = chain.prior
    WHERE chain.place < :limit AND l.sequence < chain.sequence
)
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
    FROM chain
    CROSS JOIN log AS l ON l.account = :account AND l.sequence = chain.sequence
    JOIN change_set AS c ON c.pk = l.change_set
    ORDER BY l.sequence DESC
)
