"""The rule tables in force, and their changes."""
