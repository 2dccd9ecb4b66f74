-- Note which fields are mirrored in which columns.
-- params: value
INSERT INTO meta (name, value)
VALUES ('columns', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
