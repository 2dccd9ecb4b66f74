-- An account's records of a kind; without an account, the firm's.
-- params: account
SELECT
    group_concat(r.id, char(30)),
    group_concat(coalesce(r.account, ''), char(30)),
    group_concat(coalesce(r.other, ''), char(30)),
    group_concat(r.revision, char(30)),
    group_concat(r.sequence, char(30)),
    group_concat(r.created_at, char(30)),
    group_concat(r.updated_at, char(30)),
    group_concat(r.body, char(30))
FROM <table> AS r
WHERE r.account IS :account AND r.kind = '<kind>'
