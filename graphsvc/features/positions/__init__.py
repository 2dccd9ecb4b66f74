"""Where we stand with each contact."""
