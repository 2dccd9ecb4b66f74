"""Files to try the service with: the demo account, and one of each table an import reads."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

DEMO = "demo.json"
TABLES = ("people.csv", "ties.csv", "messages.csv")


def sample(name: str) -> Path:
    """A file of `examples` of a checkout, or the copy in an installed package."""
    checkout = Path(__file__).parents[1] / "examples" / name
    return checkout if checkout.exists() else Path(str(files("graphsvc"))) / "examples" / name
