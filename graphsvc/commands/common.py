"""What the commands share: the store, the settings, how errors are told."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal, TypeVar

import typer
from pydantic import BaseModel, ValidationError

from graphsvc.commands.language import both, choose, lang
from graphsvc.errors import GraphsvcError, StartRefused
from graphsvc.rulebook import Rulebook
from graphsvc.settings import Settings
from graphsvc.stores.port import GraphStore, Scope
from models.faults import Code, Fault, InvalidInput, faults_of
from models.fields import Unfit
from queries.rules import Rules

_DEADLINES = ("read_deadline_s", "write_deadline_s", "bulk_deadline_s")

T = TypeVar("T")
Query = TypeVar("Query", bound=BaseModel)

OWNER = Scope(actor="local", dossiers=True)
"""Who sits at the command line sees all accounts, dossiers included."""

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL", help=both("Where the graph is kept, e.g. sqlite:///my.db.", "存储位置。")
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=both("Print JSON.", "输出 JSON。"))]
LangOption = Annotated[
    Literal["en", "zh"] | None,
    typer.Option(
        "--lang", callback=choose, is_eager=True, help=both("Language: en or zh.", "语言：en 或 zh。")
    ),
]


@contextmanager
def told() -> Iterator[None]:
    """Errors of the service become lines on stderr and exit status 1; no traceback."""
    try:
        yield
    except InvalidInput as error:
        for fault in error.faults:
            place = fault.place()
            say(f"{place}: {fault.message(lang())}" if place else fault.message(lang()))
        raise typer.Exit(1) from None
    except GraphsvcError as error:
        say(both(error.en, error.zh))
        raise typer.Exit(1) from None
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain of it at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise typer.Exit(1) from None
    except OSError as error:
        say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        raise typer.Exit(1) from None


def say(line: str) -> None:
    """A line for the person at the terminal, apart from the results."""
    typer.echo(line, err=True)


def usage(en: str, zh: str) -> typer.BadParameter:
    """The refusal of options that do not fit together; exit status 2."""
    return typer.BadParameter(both(en, zh))


def settings_for(**given: Any) -> Settings:
    """The settings of the environment, overruled by the options that were given. Raises StartRefused."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        why = first.get("ctx", {}).get("error")
        if isinstance(why, Unfit):
            raise StartRefused(why.label.en, why.label.zh) from None
        said = str(first["msg"])
        raise StartRefused(f"{name}: {said}", f"{name}：{said}") from None


def query_of(model: type[Query], **given: Any) -> Query:
    """The query of a service from options; what it refuses is wrong usage."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        lines = [f"{fault.place().strip('/')}: {fault.message(lang())}" for fault in faults_of(error)]
        raise typer.BadParameter("; ".join(lines)) from None


def with_store(url: str | None, work: Callable[[GraphStore], Awaitable[T]], least_s: float = 0) -> T:
    """What `work` gives on the opened store, which is closed again; no deadline of it is below `least_s`."""

    from graphsvc.stores.open import open_store  # straight on files no store is needed

    async def run() -> T:
        settings = settings_for(store_url=url)
        longer = {name: max(least_s, getattr(settings, name)) for name in _DEADLINES}
        store = await open_store(settings.store_url, settings.model_copy(update=longer))
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())


async def in_force(store: GraphStore) -> Rules:
    """The rule tables in force over a store."""
    return (await Rulebook(store).in_force()).rules


def with_account(url: str | None, text: str, work: Callable[[GraphStore, str], Awaitable[T]]) -> T:
    """What `work` gives on the opened store and the account `text` means: by id, else by name."""

    async def run(store: GraphStore) -> T:
        names = {account.id: account.name for account in await store.accounts(OWNER)}
        found = [text] if text in names else sorted(id_ for id_, name in names.items() if name == text)
        if len(found) > 1:
            raise InvalidInput(Fault(Code.AMBIGUOUS_ACCOUNT, {"name": text, "ids": ", ".join(found)}))
        return await work(store, found[0] if found else text)

    return with_store(url, run)
