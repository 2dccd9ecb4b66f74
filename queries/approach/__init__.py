"""How to approach a contact: talking points, and the four questions of SPIN."""
