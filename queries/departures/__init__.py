"""Somebody leaves: what hangs on one person, and who could make up for it."""
