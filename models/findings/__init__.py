"""Answers as they are: plain values with their evidence and provenance, the same for API, pages and files."""
