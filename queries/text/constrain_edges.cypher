// Edges of a kind have ids of their own.
// params:
CREATE CONSTRAINT <kind>_id IF NOT EXISTS FOR ()-[r:<type>]-() REQUIRE r.id IS UNIQUE
