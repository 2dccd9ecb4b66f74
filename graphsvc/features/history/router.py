"""What was before, over HTTP: histories, undo, differences between times, the feed of changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from graphsvc.access.far_ends import entries_as_seen
from graphsvc.features.history.differing import Diff, diff
from graphsvc.features.history.feed import LONGEST_CURSOR, feed, packed, unpacked
from graphsvc.features.history.service import undo
from graphsvc.web.answers import AS_CSV, columns_of, json_response, list_response
from graphsvc.web.changes import AppliedChanges, FeedPage, HistoryPage, applied_wire, entry_wire
from graphsvc.web.deps import IdempotencyKey, ScopeDep, StoreDep
from graphsvc.web.paging import MOST, USUAL, ListPage, Turned, page_in, pages_of
from graphsvc.web.problems import request_id_of
from models.fields import AskedTime, Id
from models.kinds import OPEN_SPECS, Spec


def history_routers() -> list[APIRouter]:
    """A router per kind for histories, one for undo, one for changes over time."""
    return [*(_histories(spec) for spec in OPEN_SPECS), _undo(), _changes()]


def _histories(spec: Spec) -> APIRouter:
    router = APIRouter(prefix=f"/{spec.plural}", tags=[spec.plural])
    kind = spec.kind

    @router.get(
        "/{id}/history", operation_id=f"get_{kind}_history", response_model=HistoryPage, responses=AS_CSV
    )
    async def get_history(
        request: Request,
        store: StoreDep,
        scope: ScopeDep,
        id: Id,
        query: Annotated[ListPage, Query()],
    ) -> Response:
        """Every change of the record, newest first, also after it was deleted."""
        pages, limit = await pages_of(request, query), query.limit or USUAL
        newest = None if pages.start is None else int(pages.start)
        found = await entries_as_seen(store, scope, await store.history(scope, kind, id, newest, limit))
        prior = found[-1].prior if len(found) == limit else 0
        body = {
            "items": [entry_wire(row) for row in found],
            "next_cursor": pages.cursor(b"%d" % prior) if prior else None,
        }
        return await list_response(request, body, columns_of(HistoryPage))

    return router


def _undo() -> APIRouter:
    router = APIRouter(prefix="/changesets", tags=["changesets"])

    @router.post("/{id}/undo", operation_id="undo_changeset", response_model=AppliedChanges)
    async def undo_changeset(
        request: Request,
        store: StoreDep,
        scope: ScopeDep,
        id: Annotated[str, Path(min_length=1, max_length=200)],
        key: IdempotencyKey = None,
    ) -> Response:
        """Reverse a change set, unless its records have changed since; the undo can be undone likewise."""
        done = await undo(store, scope, id, request_id_of(request), key)
        return json_response(request, applied_wire(done, scope))

    return router


class DiffQuery(Turned):
    """Two times; `to` is now unless given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: AskedTime = Field(alias="from", description="The earlier time.")
    until: AskedTime | None = Field(
        None, alias="to", description="The later time; default: now. Give it where there are pages."
    )


class FeedQuery(BaseModel):
    """Which logs are read, and from where."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    account_id: Id | None = Field(
        None, description="Only this account's changes; firm for our own records. Default: all."
    )
    cursor: str = Field("", max_length=LONGEST_CURSOR, description="The next_cursor of the page before.")
    limit: int = Field(USUAL, ge=1, le=MOST)
    lang: Literal["en", "zh"] | None = None


def _changes() -> APIRouter:
    router = APIRouter(tags=["changes"])

    @router.get("/accounts/{account_id}/diff", operation_id="get_diff", response_model=Diff, responses=AS_CSV)
    async def get_diff(
        request: Request,
        account_id: Id,
        query: Annotated[DiffQuery, Query()],
        store: StoreDep,
        scope: ScopeDep,
    ) -> Response:
        """The records added, removed and changed between two times, each with the fields that differ.

        Of our own records those that the account has to do with.
        """
        since, until = query.since, query.until or datetime.now(UTC)
        found = await diff(store, scope, account_id, since, until)
        state = [(at.account, at.firm) for at in (found.first, found.last)]
        items, more = await page_in(request, found.items, query, state)
        body = {
            "from": since.astimezone(UTC),
            "to": until.astimezone(UTC),
            "from_sequence": found.first.account,
            "to_sequence": found.last.account,
            "items": [change.model_dump(exclude_unset=True) for change in items],
            "next_cursor": more,
        }
        return await list_response(request, body, columns_of(Diff))

    @router.get("/changes", operation_id="list_changes", response_model=FeedPage, responses=AS_CSV)
    async def list_changes(
        request: Request, query: Annotated[FeedQuery, Query()], store: StoreDep, scope: ScopeDep
    ) -> Response:
        """Every change of every account once, each account's without a gap; next_cursor asks for later ones.

        Ask again with the next_cursor of an empty page; new accounts come by themselves.
        """
        pages = await pages_of(request, query)
        read = unpacked(pages.start or b"")
        found, places = await feed(store, scope, read, query.account_id, query.limit)
        seen = await entries_as_seen(store, scope, found)
        body = {"items": [entry_wire(row) for row in seen], "next_cursor": pages.cursor(packed(places))}
        full = len(found) == query.limit  # else nothing more has happened yet: there is no next page
        return await list_response(request, body, columns_of(FeedPage), follows=full)

    return router
