"""How far an account trusts us."""
