-- The first few records of a kind that are not as the log says of their last change: revision and times.
-- params:
SELECT json_group_array(id)
FROM (
    SELECT r.id
    FROM <table> AS r
    LEFT JOIN log AS l ON l.account = coalesce(r.account, 'firm') AND l.sequence = r.sequence
    LEFT JOIN change_set AS c ON c.pk = l.change_set
    WHERE r.kind = '<kind>' AND (
        l.kind IS NOT r.kind OR l.id IS NOT r.id OR l.revision IS NOT r.revision
        OR c.at IS NOT r.updated_at OR r.created_at > r.updated_at OR julianday(r.created_at) IS NULL
    )
    LIMIT 5
)
