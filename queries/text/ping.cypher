// Whether the server answers.
// params:
RETURN 1 AS rows
