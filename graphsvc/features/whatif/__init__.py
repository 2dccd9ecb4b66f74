"""What would be, if."""
