"""Accounts of more people than a picture can hold: groups of people, opened on demand."""
