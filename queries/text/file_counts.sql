-- How much a file of any version holds: records, log entries, change sets, and the heads of its logs.
-- params:
SELECT json_array(
    (SELECT count(*) FROM node),
    (SELECT count(*) FROM edge),
    (SELECT count(*) FROM log),
    (SELECT count(*) FROM change_set),
    (SELECT json_group_array(json_array(account, value, hash)) FROM (SELECT account, value, hash FROM sequence ORDER BY account))
)
