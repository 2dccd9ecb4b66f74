"""Faults that every store must stand run on all of them, over the fixtures of the contract tests."""

from __future__ import annotations

from tests.contract.conftest import filled, store

__all__ = ["filled", "store"]
