"""Files out: an account as a graph document."""
