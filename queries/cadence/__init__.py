"""Whom to meet again, and what to have confirmed."""
