-- Answers of one row each, side by side in one.
-- params:
SELECT * FROM <answers>
