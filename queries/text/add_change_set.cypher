// Note that a change set was applied, and what it did.
// params: row
CREATE (c:ChangeSet)
SET c = $row
