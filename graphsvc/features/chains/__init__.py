"""Decision chains of an account."""
