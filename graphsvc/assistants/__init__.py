"""Assistants: programs that answer people in their own words ask the service by tools that only read."""
