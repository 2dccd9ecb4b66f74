-- How far the logs of an account and of the firm have come; no row if there is no such account.
-- params: account
SELECT
    coalesce((SELECT value FROM sequence WHERE account = :account), 0),
    coalesce((SELECT value FROM sequence WHERE account = 'firm'), 0)
FROM node
WHERE kind = 'account' AND id = :account
