"""What to look at in an account, by rule."""
