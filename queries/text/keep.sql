-- Keep a thing beside the graph; gives its version, or nothing if the one there is not of the expected version.
-- params: area, key, owner, expires, body, expected
INSERT INTO kept (area, key, owner, expires, body, version)
SELECT :area, :key, :owner, :expires, :body, 1
WHERE coalesce(:expected, 0) = 0 OR EXISTS (SELECT 1 FROM kept WHERE area = :area AND key = :key)
ON CONFLICT (area, key) DO UPDATE
SET owner = excluded.owner, expires = excluded.expires, body = excluded.body, version = version + 1
WHERE :expected IS NULL OR version = :expected
RETURNING version
