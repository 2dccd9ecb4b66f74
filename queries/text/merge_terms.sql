-- Write the index of terms anew as one piece: nothing is left in it of terms that were removed.
-- params:
INSERT INTO search (search) VALUES ('optimize')
