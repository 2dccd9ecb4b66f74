"""Files into a store: read and checked as a whole, then written in batches that can be undone together."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graphsvc.errors import GraphsvcError
from graphsvc.features.imports.batch import AccountRef, ImportOptions
from graphsvc.features.imports.holding import Holding
from graphsvc.features.imports.known import accounts_of, stored_bodies
from graphsvc.features.imports.progress import Phase, Progress, silent
from graphsvc.features.imports.reading import File, Outline, Reader, reader_of
from graphsvc.features.imports.rows import CheckedRows, Packs
from graphsvc.features.imports.schemas import ImportResult, RowRefused
from graphsvc.features.imports.sorting import by_id
from graphsvc.features.imports.undoing import settle
from graphsvc.features.imports.writing import Outcome, rehearsed, written
from graphsvc.features.records.service import new_id
from graphsvc.stores.codec import utc_now
from graphsvc.stores.port import GraphStore, Scope
from models.enums import ImportStage
from models.faults import Fault, InvalidInput
from models.imports import ImportState
from models.kinds import KINDS

_MOST_PASSES = 100
"""How often rows are left out and the rest is tried again: as deep as rows that need one another may go."""


@dataclass(frozen=True, slots=True)
class _Work:
    """One import: where to, by whom, what of."""

    store: GraphStore
    scope: Scope
    reader: Reader
    options: ImportOptions
    id: str
    progress: Progress


async def import_files(
    store: GraphStore,
    scope: Scope,
    files: Sequence[File],
    options: ImportOptions,
    *,
    dry_run: bool = False,
    id: str | None = None,
    request_id: str | None = None,
    progress: Progress = silent,
) -> ImportResult:
    """Import files whole or not at all; with `dry_run` nothing is written.

    Every row is checked against the rules before the first is written. While it runs the import holds its
    accounts. With the option `per_row` the rows that are wrong, and those that need them, are left out and
    told in the result. The same files again change nothing. Raises InvalidInput with file and row of every
    fault, AccountImporting, and what `GraphStore.apply` raises; then what was written is undone again.
    """
    progress(Phase.OPENING, 0, len(files))
    options = replace(options, dossiers=scope.dossiers)
    async with reader_of(files, progress) as reader:
        work = _Work(store, scope, reader, options, id or new_id(), progress)
        outline = await reader.load(files, options)
        accounts, ids = await accounts_of(store, scope, outline)
        if dry_run:
            rows, _, outcome = await _checked(work, outline, accounts, ids)
            return _result(work.id, outline, rows, outcome, dry_run=True)
        state = ImportState(
            id=work.id,
            actor=scope.actor,
            files=tuple(outline.names.split(", ")),
            digest=outline.digest,
            holds=tuple(sorted({account.id for account in accounts.values()})),
            started=utc_now(),
            stage=ImportStage.RUNNING,
        )
        async with Holding.of(store, state) as holding:
            return await _held(work, holding, outline, accounts, ids, request_id)


async def _held(
    work: _Work,
    holding: Holding,
    outline: Outline,
    accounts: Mapping[str, AccountRef],
    ids: frozenset[str],
    request_id: str | None,
) -> ImportResult:
    """Check and write, holding the accounts; however it ends, they are let go."""
    try:
        rows, packs, outcome = await _checked(work, outline, accounts, ids)
        while await holding.hold(outcome.logs):
            outcome = await rehearsed(work.store, work.scope, packs, _reason(work, outline), work.progress)
            _refuse(rows, outcome)
        del packs
        outcome.packs = await asyncio.to_thread(by_id, outcome.packs, work.store.batch_rows)
        await holding.keep(total=len(outcome.packs), put=outcome.put, unchanged=outcome.unchanged)
    except BaseException as error:
        refused = isinstance(error, InvalidInput)
        await asyncio.shield(holding.end(ImportStage.FAILED if refused else ImportStage.INTERRUPTED))
        raise
    reason = _reason(work, outline)
    try:
        await written(work.store, work.scope, holding, outcome.packs, reason, request_id, work.progress)
    except (GraphsvcError, InvalidInput):
        await settle(work.store, holding.state)
        raise
    await holding.end(ImportStage.DONE)
    return _result(work.id, outline, rows, outcome)


async def _checked(
    work: _Work, outline: Outline, accounts: Mapping[str, AccountRef], ids: frozenset[str]
) -> tuple[CheckedRows, Packs, Outcome]:
    """All rows read, valid and within the rules; row by row, those that are not are left out."""
    bodies = stored_bodies(work.store, work.scope, outline, accounts.values())
    await work.reader.know(accounts, ids, bodies)
    told: tuple[Fault, ...] = ()
    last: tuple[Fault, ...] = ()
    for _ in range(_MOST_PASSES):
        try:
            return await _read(work, _reason(work, outline), last)
        except InvalidInput as found:
            if not work.options.per_row:
                raise
            last = found.faults
            told += last
    raise InvalidInput(*told)


async def _read(work: _Work, reason: str, left_out: Sequence[Fault]) -> tuple[CheckedRows, Packs, Outcome]:
    """Read the rows, and check packs of them against the rules while the rest is being read."""
    packs = Packs()
    checking = asyncio.create_task(rehearsed(work.store, work.scope, packs, reason, work.progress))
    try:
        rows = await work.reader.read(work.store.batch_rows, packs.add, left_out)
        packs.end(rows.size)
        work.progress(Phase.CHECKING, 0, rows.size)
        outcome = await checking
    finally:
        checking.cancel()
        await asyncio.gather(checking, return_exceptions=True)
    _refuse(rows, outcome)
    return rows, packs, outcome


def _refuse(rows: CheckedRows, outcome: Outcome) -> None:
    if outcome.faults:
        raise InvalidInput(*(rows.placed(fault, pack) for fault, pack in outcome.faults))


def _reason(work: _Work, outline: Outline) -> str:
    return f"import {work.id}: {outline.names}"


def _result(
    id: str, outline: Outline, rows: CheckedRows, outcome: Outcome, dry_run: bool = False
) -> ImportResult:
    faults = sorted(rows.faults, key=lambda fault: (fault.file or "", fault.row or 0))
    return ImportResult(
        id=id,
        dry_run=dry_run,
        accounts=list(rows.accounts),
        kinds={kind: count for kind in KINDS if (count := rows.kinds.get(kind, 0))},
        put=outcome.put,
        unchanged=outcome.unchanged,
        notes=list(rows.notes),
        columns=list(outline.columns),
        refused=[RowRefused.of(fault) for fault in faults],
    )
