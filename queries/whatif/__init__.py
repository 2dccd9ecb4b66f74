"""Changes that are only thought of, and what they would change."""
