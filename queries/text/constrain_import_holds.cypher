// A log is held by one import.
// params:
CREATE CONSTRAINT import_hold_log IF NOT EXISTS FOR (h:ImportHold) REQUIRE h.log IS UNIQUE
