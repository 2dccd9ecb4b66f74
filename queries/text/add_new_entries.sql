-- Write log entries of new records of a kind; rows are their bodies. seals: of each, one after the other, the salt
-- (32 digits) and the digest (64) of its body, and the entry's hash (64), as bytes, in which places are found at once.
-- params: account, change_set, first, kind, rows, seals
WITH r AS MATERIALIZED (SELECT key AS place, value AS body FROM json_each(:rows))
INSERT INTO log (
    account, sequence, change_set, kind, id, revision, prior, before, after,
    salt_before, salt_after, digest_before, digest_after, hash
)
SELECT
    :account, :first + r.place, :change_set, :kind, r.body ->> '$.id', 1, 0, NULL, r.body,
    NULL, CAST(substr(:seals, 160 * r.place + 1, 32) AS TEXT),
    NULL, CAST(substr(:seals, 160 * r.place + 33, 64) AS TEXT),
    CAST(substr(:seals, 160 * r.place + 97, 64) AS TEXT)
FROM r
