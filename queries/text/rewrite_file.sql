-- Write the whole file anew, from what it holds: nothing is left in it of what was removed.
-- params:
VACUUM
