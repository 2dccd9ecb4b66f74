// No two packs of a log begin at the same sequence.
// params:
CREATE CONSTRAINT log_first IF NOT EXISTS FOR (l:Log) REQUIRE (l.account, l.first) IS UNIQUE
