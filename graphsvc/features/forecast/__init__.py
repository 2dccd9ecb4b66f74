"""How the opinion of the room settles."""
