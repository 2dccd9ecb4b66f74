-- Whether the file answers.
-- params:
SELECT 1
