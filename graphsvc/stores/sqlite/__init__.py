"""The embedded store: one SQLite file."""

from graphsvc.stores.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
