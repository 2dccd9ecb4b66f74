"""What can be wrong with purchases, and what the people in them care about."""
