"""Contacts that may be one person twice: candidates by blocks, points by rules; `finding` is the way in."""
