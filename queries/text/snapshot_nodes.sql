-- An account's nodes of a kind as columns, or the firm's.
-- params: account
SELECT
    '[' || coalesce(group_concat(pk), '') || ']',
    group_concat(id, char(30))
    , '[' || coalesce(group_concat(coalesce(<column>, 'null')), '') || ']'
FROM node
WHERE account IS iif('<owner>' = 'firm', NULL, :account) AND kind = '<kind>'
