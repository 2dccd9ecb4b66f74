"""What answer commands do alike: their options, asking the store or the files, items as CSV with own ids."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, get_type_hints

from graphsvc.commands import options as o
from graphsvc.commands.common import (
    JsonOption,
    LangOption,
    StoreOption,
    in_force,
    told,
    with_account,
    with_store,
)
from graphsvc.commands.output import print_csv, print_json
from graphsvc.features.imports.on_files import FileGraph
from graphsvc.stores.port import GraphStore
from models.findings.base import Finding
from models.graph import AccountGraph
from queries.rules import Rules

T = TypeVar("T")

_SHARED: dict[str, Any] = {
    "files": o.FilesOption,
    "relation": o.AsOption,
    "relations": o.RelationOption,
    "mapping": o.MappingOption,
    "encoding": o.EncodingOption,
    "levels": o.LevelsOption,
    "at": o.AtOption,
    "on": o.OnOption,
    "as_of": o.AsOfOption,
    "store": StoreOption,
}
"""The options that say what is asked, by the names `options.asked` gives them."""


Rows = tuple[Sequence[str], Iterable[Sequence[object]]]
"""Columns and what stands in them."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command found: `found` as it is for --json, `rows` for --csv, `tell` for people."""

    found: Finding
    rows: Rows
    tell: Callable[[], None]


Command = Callable[..., Reply | None]


def answering(
    account: Any = o.AccountArgument, *, all_accounts: bool = False, printed: bool = True
) -> Callable[[Command], Callable[..., None]]:
    """For commands that answer: the parameter `asked` becomes the account and the options all answers take.

    The reply is printed in the form asked for; a command that is not `printed` gives none. Errors are told as
    `told` does. `account` is the argument that names one account; with `all_accounts` none need be named.
    Without the argument the question is about all accounts, of files too.
    """

    def made(command: Command) -> Callable[..., None]:
        hints = get_type_hints(command, include_extras=True)
        _, *own = inspect.signature(command).parameters.values()
        forms = {"csv": o.CsvOption, "json": JsonOption} if printed else {}
        kinds = {**{each.name: hints[each.name] for each in own}, **forms, **_SHARED, "lang": LangOption}
        if account is not None:
            kinds = {"account": account, **kinds}
        defaults = {**{each.name: each.default for each in own}, **dict.fromkeys(forms, False)}

        @wraps(command)
        def run(lang: str | None = None, csv: bool = False, json: bool = False, **given: Any) -> None:
            which = {"account": given.pop("account", None)}
            which |= {name: given.pop(name) for name in _SHARED}
            with told():
                asked = o.asked(**which, all_accounts=all_accounts, across=account is None)
                reply = command(asked, **given)
                if reply is not None:
                    _print(asked, reply, csv, json)

        run.__annotations__ = kinds
        options = [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=defaults.get(name), annotation=kind
            )
            for name, kind in kinds.items()
        ]
        run.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
        return run

    return made


def _print(asked: o.Asked, reply: Reply, csv: bool, json: bool) -> None:
    if json:
        print_json(asked.plain(reply.found))
    elif csv:
        print_csv(*reply.rows)
    else:
        reply.tell()


def found_by(
    asked: o.Asked,
    in_store: Callable[[GraphStore, str, Rules], Awaitable[T]],
    in_files: Callable[[AccountGraph], T],
) -> T:
    """The answer of the account of the store, by the rules in force there, or of the files.

    What was noticed while reading the files is said.
    """
    o.say_notes(asked)
    if asked.files:
        return in_files(asked.files.graph)

    async def run(store: GraphStore, account: str) -> T:
        return await in_store(store, account, await in_force(store))

    return with_account(asked.store, asked.account, run)


def found_across(
    asked: o.Asked,
    in_store: Callable[[GraphStore, Rules], Awaitable[T]],
    in_files: Callable[[FileGraph], T],
) -> T:
    """The same over all accounts: of the store, by the rules in force there, or of the files."""
    o.say_notes(asked)
    if asked.files:
        return in_files(asked.files)

    async def run(store: GraphStore) -> T:
        return await in_store(store, await in_force(store))

    return with_store(asked.store, run)


def cell_of(asked: o.Asked, item: Finding, name: str) -> object:
    """A field of an item; ids as whoever asks knows them, lists of ids joined by spaces."""
    value = getattr(item, name)
    if isinstance(value, list):
        return " ".join(asked.own(id_) for id_ in value)
    return asked.own(value) if value is not None and name.endswith("_id") else value


def rows_of(asked: o.Asked, columns: Sequence[str], items: Iterable[Finding]) -> Rows:
    """Fields of items as columns, numbers in full."""
    return columns, ([cell_of(asked, item, name) for name in columns] for item in items)
