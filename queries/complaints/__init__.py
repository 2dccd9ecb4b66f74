"""What the customer complains of, and what it costs us."""
