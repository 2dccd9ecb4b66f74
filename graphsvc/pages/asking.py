"""What a page is asked, and what it shows: answers, and the questions they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query, Request
from pydantic import ConfigDict, Field, model_validator

from graphsvc.features.questions import Question
from graphsvc.features.records.past import get_then
from graphsvc.features.search.service import matching
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.web.callers import known_caller
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep, WorkersDep
from graphsvc.web.language import Lang
from graphsvc.web.paging import MOST
from graphsvc.web.problems import request_id_of
from graphsvc.workers import Workers
from models.access import Audited, Right
from models.changes import Stored
from models.enums import ChainSource, Kind, NodeKind, Step
from models.faults import InvalidInput
from models.fields import Id, Label
from models.findings.base import Answer
from models.graph import AccountGraph
from queries.rules import Rules
from viz.naming import Names

Q = TypeVar("Q", bound=Question)
_SHARED = ("opportunity_id", "step", "on", "as_of")


class PageQuery(Question):
    """What the address of any page may say.

    Names only other pages know pass by; an empty field of a form says nothing.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    opportunity_id: Id | None = None
    step: Step | None = None
    compare_step: Step | None = None
    target_id: Id | None = None
    source: ChainSource = ChainSource.OURS
    member: Id | None = None
    actor: str | None = Field(None, max_length=200)
    act: Audited | None = None
    q: str | None = Field(None, max_length=200)
    retention: bool = False
    checked: bool = False
    since: date | None = None
    until: date | None = None
    limit: int | None = Field(None, ge=1, le=MOST)
    cursor: str | None = Field(None, max_length=200)

    @model_validator(mode="before")
    @classmethod
    def _without_empty_fields(cls, given: Any) -> Any:
        if isinstance(given, Mapping):
            return {name: value for name, value in given.items() if value != ""}
        return given


@dataclass(frozen=True, slots=True)
class Asked:
    """A page as it is asked for: by whom, in which language, of which account and contact ("" for none)."""

    request: Request
    query: PageQuery
    store: GraphStore
    scope: Scope
    lang: Lang
    rules: Rules
    workers: Workers
    account_id: str = ""
    contact_id: str = ""

    @property
    def place(self) -> str:
        """Where the pages lie of what is asked about."""
        account = f"/accounts/{self.account_id}" if self.account_id else ""
        return f"{account}/contacts/{self.contact_id}" if self.contact_id else account

    @property
    def may_write(self) -> bool:
        """Whether who asks may change records."""
        return known_caller(self.request).may(Right.WRITE)

    @property
    def request_id(self) -> str:
        """The id under which the request stands in the log."""
        return request_id_of(self.request)

    def said(self) -> dict[str, str]:
        """What the address says, without empty fields."""
        return {name: value for name, value in self.request.query_params.items() if value}

    def question(self, kind: type[Q], **more: Any) -> Q:
        """A service's question with what the page's address says of purchase, step, day and time."""
        given = {name: getattr(self.query, name) for name in _SHARED if name in kind.model_fields}
        return kind.model_validate(given | more)

    async def graph(self) -> AccountGraph:
        """The account as the page is asked for. Raises NotFound, StoreUnavailable."""
        return await self.store.account_graph(self.scope, self.account_id, self.query.as_of)

    async def record(self, kind: Kind, id_: str) -> Stored:
        """A record as the page is asked for, now or as it was known. Raises NotFound, StoreUnavailable."""
        then = self.query.as_of
        if then is None:
            return await self.store.get(self.scope, kind, id_)
        return await get_then(self.store, self.scope, kind, id_, then)

    async def found(self, kind: NodeKind, text: str, account_id: str | None, most: int) -> list[Stored]:
        """The records a text finds, the best first; none if it has nothing to search by, as punctuation."""
        day = self.query.day()
        try:
            return await matching(
                self.store,
                self.scope,
                kind,
                text,
                account_id=account_id,
                on=day,
                where={},
                after="",
                limit=most,
            )
        except InvalidInput:
            return []

    async def names(self, answer: Answer[Any], question: Question) -> Names:
        """The words for an answer about the account. Raises NotFound, StoreUnavailable."""
        deal = getattr(question, "opportunity_id", None)
        graph, personal = await self.graph(), self.scope.personal
        return Names(graph, answer.provenance.on, self.lang, self.rules, deal, personal)


def _asked(
    request: Request,
    query: Annotated[PageQuery, Query()],
    store: StoreDep,
    scope: ScopeDep,
    lang: LangDep,
    rules: RulesDep,
    workers: WorkersDep,
) -> Asked:
    return Asked(request, query, store, scope, lang, rules, workers)


AskedDep = Annotated[Asked, Depends(_asked)]


@dataclass(frozen=True, slots=True)
class Part:
    """An answer on a page, and its question: its name in the address of its CSV and, unless `api` says
    otherwise, in the API; its title, that of the page if it has none of its own."""

    name: str
    answer: Answer[Any]
    question: Question
    title: Label | None = None
    api: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: its answers, the first one its own, and what else its template is told."""

    parts: tuple[Part, ...]
    context: Mapping[str, Any] = field(default_factory=dict)
