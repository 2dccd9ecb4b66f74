-- How far a log had come at a moment; its times never go back, so the place is found by halving.
-- params: account, moment
WITH RECURSIVE part (low, high) AS (
    SELECT 0, value FROM sequence WHERE account = :account
    UNION ALL
    SELECT
        CASE WHEN middle.at <= :moment THEN middle.sequence ELSE part.low END,
        CASE WHEN middle.at <= :moment THEN part.high ELSE middle.sequence - 1 END
    FROM part
    CROSS JOIN (
        SELECT l.account, l.sequence, c.at FROM log AS l JOIN change_set AS c ON c.pk = l.change_set
    ) AS middle ON middle.account = :account AND middle.sequence = (part.low + part.high + 1) / 2
    WHERE part.low < part.high
)
SELECT coalesce(max(low), 0) FROM part
