// A thing that is kept beside the graph stands once.
// params:
CREATE CONSTRAINT kept_place IF NOT EXISTS FOR (k:Kept) REQUIRE k.place IS UNIQUE
