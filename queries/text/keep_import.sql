-- Note how far an import has come, and whose it is.
-- params: id, started, active, owner, told
INSERT INTO import_state (id, started, active, owner, told)
VALUES (:id, :started, :active, :owner, :told)
ON CONFLICT (id) DO UPDATE SET active = excluded.active, owner = excluded.owner, told = excluded.told
