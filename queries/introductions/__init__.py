"""Introductions: who could bring us to somebody, also across accounts."""
