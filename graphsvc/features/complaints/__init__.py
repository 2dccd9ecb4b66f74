"""What a customer complains of, and how satisfied it is."""
