"""Whose turn it is to write."""

from __future__ import annotations

WRITE_TURN_S = 2.0
"""How long who writes, or locks all logs, waits for the ones before; then StoreBusy."""
