// Each log has one head.
// params:
CREATE CONSTRAINT sequence_account IF NOT EXISTS FOR (h:Sequence) REQUIRE h.account IS UNIQUE
