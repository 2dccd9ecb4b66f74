// An id in another system belongs to one record of a kind.
// params:
CREATE CONSTRAINT external_id_key IF NOT EXISTS FOR (x:ExternalId) REQUIRE x.key IS UNIQUE
