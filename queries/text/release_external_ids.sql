-- Free ids in other systems; keys are [kind, system, value].
-- params: keys
DELETE FROM external_id
WHERE (kind, system, value) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:keys))
