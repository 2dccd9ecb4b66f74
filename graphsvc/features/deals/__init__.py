"""A purchase in one answer."""
