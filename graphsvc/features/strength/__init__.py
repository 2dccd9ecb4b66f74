"""Strength of the ties of our people to an account."""
