-- How far the logs of an account and of the firm have come, and how many people were erased;
-- no row if there is no such account.
-- params: account
SELECT
    coalesce((SELECT value FROM sequence WHERE account = :account), 0),
    coalesce((SELECT value FROM sequence WHERE account = 'firm'), 0),
    (SELECT count(*) FROM kept WHERE area = 'erasure')
FROM node
WHERE kind = 'account' AND id = :account
