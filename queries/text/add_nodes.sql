-- Write new nodes of a kind and an account; rows are their bodies, whose entries of the log follow each other.
-- params: rows, first, account, at
WITH r AS MATERIALIZED (SELECT :first + key AS sequence, value AS body FROM json_each(:rows))
INSERT INTO node (
    kind, id, account, other, revision, sequence, created_at, updated_at, body
    , <column>
)
SELECT
    '<kind>', r.body ->> '$.id', :account, NULL, 1, r.sequence, :at, :at, r.body
    , r.body -> '$.<field>'
FROM r
