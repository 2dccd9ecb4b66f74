// The names of the constraints this database has.
// params:
SHOW CONSTRAINTS YIELD name
RETURN collect(name) AS rows
