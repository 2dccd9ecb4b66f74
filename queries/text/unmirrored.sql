-- The first few records of a kind whose columns are not as their bodies.
-- params:
SELECT json_group_array(id)
FROM (
    SELECT id FROM <table>
    WHERE kind = '<kind>' AND (
        body IS NULL
        OR <column> IS NOT body -> '$.<field>'
    )
    LIMIT 5
)
