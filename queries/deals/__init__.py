"""A purchase as the rules read it, and what the people in it care about."""
