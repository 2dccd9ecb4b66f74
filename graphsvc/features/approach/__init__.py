"""How to approach a contact."""
