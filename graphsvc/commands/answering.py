"""What answer commands do alike: their options, asking the store or the files, items as CSV with own ids."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import wraps
from typing import Any, TypeVar, get_type_hints

from graphsvc.commands import options as o
from graphsvc.commands.common import LangOption, StoreOption, in_force, told, with_account, with_store
from graphsvc.commands.output import print_csv
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


Command = Callable[..., None]


def answering(
    account: Any = o.AccountArgument, *, all_accounts: bool = False
) -> Callable[[Command], Command]:
    """For commands that answer: the parameter `asked` becomes the account and the options all answers take.

    Errors are told as `told` does. `account` is the argument that names one account; with `all_accounts` none
    need be named. Without the argument the question is about all accounts, of files too.
    """

    def made(command: Command) -> Command:
        hints = get_type_hints(command, include_extras=True)
        _, *own = inspect.signature(command).parameters.values()
        kinds = {**{each.name: hints[each.name] for each in own}, **_SHARED, "lang": LangOption}
        if account is not None:
            kinds = {"account": account, **kinds}
        defaults = {each.name: each.default for each in own}

        @wraps(command)
        def run(lang: str | None = None, **given: Any) -> None:
            which = {"account": given.pop("account", None)}
            which |= {name: given.pop(name) for name in _SHARED}
            with told():
                command(o.asked(**which, all_accounts=all_accounts, across=account is None), **given)

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


def print_items(asked: o.Asked, columns: Sequence[str], items: Iterable[Finding]) -> None:
    """Items as CSV on stdout, numbers in full."""
    print_csv(columns, ([cell_of(asked, item, name) for name in columns] for item in items))
