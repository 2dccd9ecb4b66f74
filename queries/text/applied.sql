-- What a change set did, if it was applied.
-- params: id
SELECT digest, result FROM change_set WHERE id = :id
