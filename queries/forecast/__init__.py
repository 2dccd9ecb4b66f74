"""How the opinions of a buying centre settle, and whom to win over."""
