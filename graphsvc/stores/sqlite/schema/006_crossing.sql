-- Ties between people of two accounts: few among many, and asked for all at once.
CREATE INDEX edge_crossing ON edge (kind) WHERE other IS NOT NULL;
PRAGMA user_version = 6;
