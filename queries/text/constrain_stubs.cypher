// A deleted record leaves one stub.
// params:
CREATE CONSTRAINT stub_key IF NOT EXISTS FOR (s:Stub) REQUIRE s.key IS UNIQUE
