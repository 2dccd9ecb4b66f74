-- How many things of an area are kept.
-- params: area
SELECT count(*) FROM kept WHERE area = :area
