-- Mirror the snapshot columns of a kind again from the bodies.
-- params:
UPDATE <table>
SET kind = kind
    , <column> = body -> '$.<field>'
WHERE kind = '<kind>'
