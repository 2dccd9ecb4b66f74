"""Imports in the background: a few at a time, the others wait their turn; who asked need not stay."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import TemporaryDirectory

from graphsvc.access.desk import Desk
from graphsvc.access.once import once
from graphsvc.errors import GraphsvcError, NotUndoable
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.progress import Phase
from graphsvc.features.imports.reading import File
from graphsvc.features.imports.schemas import ImportResult, RowRefused
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.undoing import settle_lost, undo_import
from graphsvc.features.privacy.forgetting import Forgetting
from graphsvc.stores.codec import utc_now
from graphsvc.stores.imports import LEASE_S
from graphsvc.stores.port import GraphStore, Scope
from models.enums import ImportStage
from models.faults import Code, Fault, InvalidInput
from models.imports import ImportState

log = logging.getLogger("graphsvc.imports")

AT_ONCE = 2
KEPT = 200
"""Ended jobs whose result and faulty rows can still be asked for."""


@dataclass
class Job:
    """An import that was asked for. `folder` holds its files until it has ended."""

    id: str
    scope: Scope
    files: Sequence[File]
    folder: TemporaryDirectory[str]
    options: ImportOptions
    dry_run: bool
    digest: str
    request_id: str
    asked: datetime = field(default_factory=utc_now)
    stage: ImportStage | None = None
    progress: tuple[Phase, int, int] | None = None
    result: ImportResult | None = None
    refused: list[RowRefused] = field(default_factory=list)
    error: Exception | None = None
    task: asyncio.Task[None] | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.stage not in (None, ImportStage.RUNNING)

    def tell(self, phase: Phase, done: int, total: int) -> None:
        """Take note of how far it is; from any thread."""
        self.progress = (phase, done, total)


class Jobs:
    """The imports of one service. When somebody is erased it forgets what its jobs told."""

    def __init__(self, store: GraphStore, forgetting: Forgetting | None = None) -> None:
        self._store = store
        self._forgetting = forgetting or Forgetting(store)
        self._forgetting.tell(self.forget)
        self._jobs: dict[str, Job] = {}
        self._busy: set[str] = set()  # what is worked at: by a job, by who undoes it, by who settles it
        self._places = asyncio.Semaphore(AT_ONCE)
        self._watch: asyncio.Task[None] | None = None

    def start(self) -> None:
        """From now on, bring imports to an end that were cut off."""
        self._watch = asyncio.create_task(self._settle())

    def add(self, job: Job) -> Job:
        """Begin a job when it is its turn; the same one sent again is the one that is there.

        Raises InvalidInput if its id stands for other files, or for a dry run of them.
        """
        there = self._jobs.get(job.id)
        if there is not None:
            job.folder.cleanup()
            if (there.digest, there.dry_run) != (job.digest, job.dry_run):
                raise InvalidInput(Fault(Code.REUSED, {"id": job.id}, pointer="/header/Idempotency-Key"))
            return there
        self._jobs[job.id] = job
        self._busy.add(job.id)
        job.task = asyncio.create_task(self._run(job))
        for old in [old for old in self._jobs.values() if old.ended][:-KEPT]:
            del self._jobs[old.id]
        return job

    @property
    def under_way(self) -> int:
        """How many jobs wait or run."""
        return sum(not job.ended for job in self._jobs.values())

    async def find(self, scope: Scope, id: str) -> Job | None:
        """A job that whoever asks may see: his own, or any if he sees all. Raises StoreUnavailable."""
        await self._look(id)
        job = self._jobs.get(id)
        return job if job is not None and _seen(scope, job) else None

    async def all(self, scope: Scope) -> list[Job]:
        """The jobs that whoever asks may see, newest first. Raises StoreUnavailable."""
        await self._look(*self._jobs)
        return [job for job in reversed(self._jobs.values()) if _seen(scope, job)]

    async def undo(
        self, desk: Desk, scope: Scope, id: str, request_id: str, key: str | None = None
    ) -> ImportState:
        """`undo_import`, one request at a time; sent again with a `key` it is told as it was left.

        Raises as it does, and NotUndoable while it is being undone.
        """
        async with once(desk, scope.actor, key, "undo_import", id) as claim:
            if claim.made is None:
                await claim.keep((), {"id": id})
        if claim.made is not None:
            state = await self._store.import_state(scope, id)
            if state.stage is ImportStage.UNDONE:
                return state
        if id in self._busy:
            state = await self._store.import_state(scope, id)
            raise NotUndoable(id, state.stage if state.active else ImportStage.UNDOING)
        self._busy.add(id)
        try:
            return await undo_import(self._store, scope, id, request_id)
        finally:
            self._busy.discard(id)

    async def _look(self, *ids: str) -> None:
        """Forget what was erased, before a job that has ended tells of it; others tell of progress alone."""
        if any(job.ended for id_ in ids if (job := self._jobs.get(id_)) is not None):
            await self._forgetting.look()

    def forget(self) -> None:
        """Forget results and faulty rows of jobs that have ended: they may say what was erased since."""
        self._jobs = {id_: job for id_, job in self._jobs.items() if not job.ended}

    async def close(self) -> None:
        """Cut off what runs: what it has written is undone at the next start, or finished if it was all."""
        tasks = [task for task in (self._watch, *(job.task for job in self._jobs.values())) if task]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _run(self, job: Job) -> None:
        try:
            async with self._places:
                job.stage = ImportStage.RUNNING
                await self._forgetting.look()
                job.result = await import_files(
                    self._store,
                    job.scope,
                    job.files,
                    job.options,
                    dry_run=job.dry_run,
                    id=job.id,
                    request_id=job.request_id,
                    progress=job.tell,
                )
            job.refused, job.stage = job.result.refused, ImportStage.DONE
        except InvalidInput as error:
            job.refused = [RowRefused.of(fault) for fault in error.faults]
            job.error, job.stage = error, ImportStage.FAILED
        except GraphsvcError as error:
            job.error, job.stage = error, ImportStage.INTERRUPTED
        except Exception as error:
            log.exception("import %s failed, asked for by request %s", job.id, job.request_id)
            job.error, job.stage = error, ImportStage.INTERRUPTED
        finally:
            self._busy.discard(job.id)
            job.folder.cleanup()

    async def _settle(self) -> None:
        while True:
            try:
                await self._forgetting.look()
                for state in await settle_lost(self._store, self._busy):
                    log.warning("import %s was cut off; now it is %s", state.id, state.stage)
            except GraphsvcError as error:
                log.warning("imports that were cut off cannot be settled yet: %s", error)
            await asyncio.sleep(LEASE_S / 3)


def _seen(scope: Scope, job: Job) -> bool:
    return scope.accounts is None or scope.actor == job.scope.actor
