"""Files into a store: read, laid over what is there, written as one change set."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pydantic import ValidationError

from graphsvc.features.imports.batch import AccountRef, Batch, Draft, ImportOptions, Known, stable_id
from graphsvc.features.imports.loading import Loaded, load
from graphsvc.features.imports.people import VALID_ID
from graphsvc.features.imports.preview import columns_of
from graphsvc.features.imports.progress import Phase, Progress, silent
from graphsvc.features.imports.reader import read
from graphsvc.features.imports.schemas import ImportResult, RowRefused
from graphsvc.features.imports.tables import SourceFile
from graphsvc.features.records.service import new_id
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put
from models.enums import Kind, NodeKind
from models.faults import Code, Fault, InvalidInput, faults_of
from models.kinds import KINDS
from models.records import Body, Record, read_record

_PAGE = 500
_EVERY = 1000
_MOST_PASSES = 100
"""How often rows are left out and the rest is tried again: as deep as rows that need one another may go."""


async def import_files(
    store: GraphStore,
    scope: Scope,
    files: Sequence[SourceFile],
    options: ImportOptions,
    *,
    dry_run: bool = False,
    request_id: str | None = None,
    progress: Progress = silent,
) -> ImportResult:
    """Import files whole or not at all; with `dry_run` nothing is written.

    With the option `per_row` the rows that are wrong, and those that need them, are left out and told in
    the result. The same files again change nothing. Raises InvalidInput with file and row of every fault,
    and what `GraphStore.apply` raises.
    """
    progress(Phase.OPENING, 0, len(files))
    loaded = await asyncio.to_thread(load, files, options)
    known = await _known(store, scope, loaded, options)
    columns = columns_of(loaded.sheets)
    for _ in range(_MOST_PASSES):
        try:
            result = await _import(store, scope, loaded, Batch(options, known), dry_run, request_id, progress)
        except InvalidInput as error:
            if not options.per_row:
                raise
            loaded = loaded.without(error.faults)
        else:
            faults = sorted(loaded.faults, key=lambda fault: (fault.file or "", fault.row or 0))
            refused = [RowRefused.of(fault) for fault in faults]
            return result.model_copy(update={"columns": columns, "refused": refused})
    raise InvalidInput(*loaded.faults)


async def _import(
    store: GraphStore,
    scope: Scope,
    loaded: Loaded,
    batch: Batch,
    dry_run: bool,
    request_id: str | None,
    progress: Progress,
) -> ImportResult:
    """One try: all rows that are not left out."""
    records = await asyncio.to_thread(_records, loaded, batch, progress)
    puts = tuple(Put(draft.kind, record) for draft, record in zip(batch.drafts, records, strict=True))
    change_set = ChangeSet(new_id(), puts, reason=f"import {loaded.names}", request_id=request_id)
    counts = Counter(draft.kind for draft in batch.drafts)
    progress(Phase.WRITING, 0, len(puts))
    try:
        applied = await (store.check if dry_run else store.apply)(scope, change_set)
    except InvalidInput as error:
        raise InvalidInput(*(_placed(fault, batch.drafts) for fault in error.faults)) from None
    return ImportResult(
        id=change_set.id,
        dry_run=dry_run,
        accounts=list(batch.accounts.values()),
        kinds={kind: count for kind in KINDS if (count := counts[kind])},
        put=applied.put,
        unchanged=applied.unchanged,
        notes=batch.notes,
    )


def records_of(batch: Batch, progress: Progress = silent) -> list[Record]:
    """The validated records of a batch, laid over what is there. Raises InvalidInput with every fault."""
    faults, records = list(batch.faults), []
    for number, draft in enumerate(batch.drafts):
        if number % _EVERY == 0:
            progress(Phase.CHECKING, number, len(batch.drafts))
        stored = batch.known.bodies.get((draft.kind, draft.body["id"]))
        try:
            records.append(read_record(draft.kind, draft.laid_over(stored)))
        except ValidationError as error:
            faults += [draft.place.moved(fault) for fault in faults_of(error)]
    if faults:
        raise InvalidInput(*faults)
    return records


def _records(loaded: Loaded, batch: Batch, progress: Progress) -> list[Record]:
    return records_of(read(loaded, batch, progress), progress)


def _placed(fault: Fault, drafts: Sequence[Draft]) -> Fault:
    """A fault of a change set ("/changes/7/weight"), put where the file shows it."""
    parts = (fault.pointer or "").split("/", 3)
    if len(parts) < 3 or parts[1] != "changes" or not parts[2].isdigit():
        return fault
    draft = drafts[int(parts[2])]
    if fault.code is Code.MOVED_ACCOUNT and draft.kind is NodeKind.CONTACT:
        return draft.place.fault(Code.ID_TAKEN, "id", id=draft.body["id"])
    inside = parts[3].removeprefix("record").removeprefix("/") if len(parts) > 3 else ""
    return draft.place.moved(Fault(fault.code, fault.params, pointer=f"/{inside}" if inside else ""))


async def _known(store: GraphStore, scope: Scope, loaded: Loaded, options: ImportOptions) -> Known:
    """What the store has of the accounts the files name, and our people if there are message logs."""
    names = {account.id: account.name for account in await store.accounts(scope)}
    accounts = _accounts(names, loaded.account_texts(options), loaded.account_ids())
    bodies: dict[tuple[Kind, str], Body] = {}
    for account in dict.fromkeys(accounts.values()):
        if not account.new:
            stored = await store.records(scope, account.id)
            bodies.update({(row.kind, row.id): row.body for row in stored})
    if loaded.sheets:
        for body in await _members(store, scope):
            bodies[NodeKind.MEMBER, body["id"]] = body
    return Known(frozenset(names), accounts, bodies)


def _accounts(
    by_id: Mapping[str, str], texts: Sequence[str], given: Iterable[tuple[str, str]]
) -> Mapping[str, AccountRef]:
    """The account each text means: by id, by name, by the id that was made of its name; else a new one.

    `given` are names and ids that stand side by side in an accounts table.
    """
    own = {name: id_ for name, id_ in given if name not in by_id}
    by_name: dict[str, list[str]] = {}
    for id_, name in by_id.items():
        by_name.setdefault(name, []).append(id_)
    found: dict[str, AccountRef] = {}
    for text in texts:
        named = sorted(by_name.get(text, ()))
        if text not in by_id and len(named) > 1:
            raise InvalidInput(Fault(Code.AMBIGUOUS_ACCOUNT, {"name": text, "ids": ", ".join(named)}))
        wanted = own.get(text, text) if not named else text
        made = wanted if VALID_ID.fullmatch(wanted) else stable_id(NodeKind.ACCOUNT, wanted)
        id_ = named[0] if named and text not in by_id else made
        found[text] = AccountRef(id_, by_id.get(id_, text), id_ not in by_id)
    return found


async def _members(store: GraphStore, scope: Scope) -> list[Body]:
    """All our people."""
    members: list[Body] = []
    after = ""
    while page := await store.find(scope, NodeKind.MEMBER, after=after, limit=_PAGE):
        members += [row.body for row in page]
        after = page[-1].id
        if len(page) < _PAGE:
            break
    return members
