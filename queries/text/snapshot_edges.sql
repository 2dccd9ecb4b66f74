-- An account's edges of a kind as columns.
-- params: account
SELECT
    '[' || coalesce(group_concat(source), '') || ']',
    '[' || coalesce(group_concat(target), '') || ']',
    group_concat(id, char(30))
    , '[' || coalesce(group_concat(coalesce(<column>, 'null')), '') || ']'
FROM edge
WHERE account = :account AND kind = '<kind>'
