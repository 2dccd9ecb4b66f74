-- Keep no longer what has run out.
-- params: now
DELETE FROM kept WHERE expires <= :now
