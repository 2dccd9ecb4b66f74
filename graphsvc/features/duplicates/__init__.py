"""Contacts that are probably one person entered twice."""
