-- Write edges of a kind; rows are [id, account, other, revision, sequence, created_at, updated_at, body, source, target].
-- params: rows
WITH r AS MATERIALIZED (  -- else each column takes the row apart anew
    SELECT
        value ->> 0 AS id, value ->> 1 AS account, value ->> 2 AS other, value ->> 3 AS revision,
        value ->> 4 AS sequence, value ->> 5 AS created_at, value ->> 6 AS updated_at, value ->> 7 AS body,
        value ->> 8 AS source, value ->> 9 AS target
    FROM json_each(:rows)
)
INSERT INTO edge (
    kind, id, account, other, source, target, revision, sequence, created_at, updated_at, body
    , <column>
)
SELECT
    '<kind>', r.id, r.account, r.other, s.pk, t.pk, r.revision, r.sequence, r.created_at, r.updated_at, r.body
    , r.body -> '$.<field>'
FROM r
CROSS JOIN node AS s ON s.kind = '<source_kind>' AND s.id = r.source
CROSS JOIN node AS t ON t.kind = '<target_kind>' AND t.id = r.target
WHERE true
ON CONFLICT (kind, id) DO UPDATE SET
    account = excluded.account, other = excluded.other, source = excluded.source, target = excluded.target,
    revision = excluded.revision, sequence = excluded.sequence, updated_at = excluded.updated_at, body = excluded.body
    , <column> = excluded.<column>
