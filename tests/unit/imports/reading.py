"""Helpers: files as text, read with no store behind them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graphsvc.features.imports.batch import Batch, ImportOptions
from graphsvc.features.imports.on_files import records_of
from graphsvc.features.imports.reader import read_files
from graphsvc.features.imports.tables import SourceFile
from models.enums import Kind
from models.faults import Fault, InvalidInput
from models.records import Body, body_of

TODAY = date(2026, 3, 1)


def source(name: str, text: str | bytes) -> SourceFile:
    return SourceFile(name, text.encode() if isinstance(text, str) else text)


def batch_of(options: ImportOptions | None = None, **texts: str | bytes) -> Batch:
    """The batch of files given as people="…": each becomes people.csv (or .json where it is JSON)."""
    files = [source(f"{name}.csv", text) for name, text in texts.items()]
    return read_files(files, options or ImportOptions(today=TODAY))


def bodies_of(kind: Kind, options: ImportOptions | None = None, **texts: str | bytes) -> list[Body]:
    """The records of a kind that files give, by id."""
    batch = batch_of(options, **texts)
    pairs = zip(batch.drafts, records_of(batch), strict=True)
    return sorted(
        (body_of(record) for draft, record in pairs if draft.kind is kind), key=lambda body: body["id"]
    )


def faults_in(options: ImportOptions | None = None, **texts: str | bytes) -> tuple[Fault, ...]:
    """What is wrong with files; there must be something."""
    with pytest.raises(InvalidInput) as error:
        records_of(batch_of(options, **texts))
    return error.value.faults


def options(**given: Any) -> ImportOptions:
    return ImportOptions(today=TODAY, **given)
