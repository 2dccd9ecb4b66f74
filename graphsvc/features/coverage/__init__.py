"""How broadly an account is held, and whom to get to know next."""
