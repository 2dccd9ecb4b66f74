-- Write new edges of a kind and an account; rows are their bodies, whose entries of the log follow each other. In the
-- order of ids: each page of the indexes by id is taken up once.
-- params: rows, first, account, at
WITH r AS MATERIALIZED (SELECT :first + key AS sequence, value AS body FROM json_each(:rows))
INSERT INTO edge (
    kind, id, account, other, source, target, revision, sequence, created_at, updated_at, body
    , <column>
)
SELECT
    '<kind>', r.body ->> '$.id', :account, NULL,
    (SELECT s.pk FROM node AS s WHERE s.kind = '<source_kind>' AND s.id = r.body ->> '$.source_id'),
    (SELECT t.pk FROM node AS t WHERE t.kind = '<target_kind>' AND t.id = r.body ->> '$.target_id'),
    1, r.sequence, :at, :at, r.body
    , r.body -> '$.<field>'
FROM r
ORDER BY 2
