-- The open jobs of contacts, as a JSON array of [contact, edge, title, department, primary, since].
-- params: contacts, on
SELECT json_group_array(json_array(
    c.id, j.id, j.body ->> '$.title', d.body ->> '$.name', j.body ->> '$.primary', j.body ->> '$.since'
))
FROM json_each(:contacts) AS wanted
CROSS JOIN node AS c ON c.kind = 'contact' AND c.id = wanted.value
CROSS JOIN edge AS j ON j.source = c.pk AND j.kind = 'works_in'
CROSS JOIN node AS d ON d.pk = j.target
WHERE coalesce(j.body ->> '$.since', '') <= :on AND coalesce(j.body ->> '$.until', '9999-12-31') > :on
