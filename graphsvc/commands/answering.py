"""What answer commands do alike: ask the store or the files, and print items as CSV with the asker's ids."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar

from graphsvc.commands import options as o
from graphsvc.commands.common import with_account
from graphsvc.commands.output import print_csv
from graphsvc.stores.port import GraphStore
from models.findings.base import Finding
from models.graph import AccountGraph

T = TypeVar("T")


def found_by(
    asked: o.Asked,
    store: str | None,
    in_store: Callable[[GraphStore, str], Awaitable[T]],
    in_files: Callable[[AccountGraph], T],
) -> T:
    """The answer of the account of the store or of the files, saying what was noticed while reading them."""
    o.say_notes(asked)
    return in_files(asked.files.graph) if asked.files else with_account(store, asked.account, in_store)


def cell_of(asked: o.Asked, item: Finding, name: str) -> object:
    """A field of an item; ids as whoever asks knows them, lists of ids joined by spaces."""
    value = getattr(item, name)
    if isinstance(value, list):
        return " ".join(asked.own(id_) for id_ in value)
    return asked.own(value) if value is not None and name.endswith("_id") else value


def print_items(asked: o.Asked, columns: Sequence[str], items: Iterable[Finding]) -> None:
    """Items as CSV on stdout, numbers in full."""
    print_csv(columns, ([cell_of(asked, item, name) for name in columns] for item in items))
