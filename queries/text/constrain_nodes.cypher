// Nodes of a kind have ids of their own.
// params:
CREATE CONSTRAINT <kind>_id IF NOT EXISTS FOR (n:<label>) REQUIRE n.id IS UNIQUE
