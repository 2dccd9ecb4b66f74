-- Things of an area: one by its key, an owner's, or all.
-- params: area, key, owner
SELECT json_group_array(json_array(area, key, owner, body, expires, version))
FROM kept
WHERE area = :area AND (:key IS NULL OR key = :key) AND (:owner IS NULL OR owner = :owner)
