-- The tables with rows that refer to rows that are not there.
-- params:
SELECT json_group_array(DISTINCT "table") FROM pragma_foreign_key_check
