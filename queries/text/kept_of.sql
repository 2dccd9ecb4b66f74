-- Which of these keys an area has: a JSON array.
-- params: area, keys
SELECT json_group_array(k.key)
FROM json_each(:keys) AS w
CROSS JOIN kept AS k ON k.area = :area AND k.key = w.value
