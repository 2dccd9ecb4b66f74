"""What both stores do the same around lists: scope, conditions, order, lines of accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, TypeVar

import orjson

from graphsvc.errors import NotFound
from graphsvc.stores.facts import Held
from graphsvc.stores.port import AccountSummary, GraphStore, Scope, Touching
from models.changes import Stored
from models.columns import Form
from models.enums import (
    AccountStatus,
    ChannelLink,
    ChannelRole,
    EdgeKind,
    Kind,
    NodeKind,
    TeamRole,
    Term,
    Tier,
    TierReason,
)
from models.faults import Code, Fault, InvalidInput
from models.fields import Label
from models.findings.portfolio import Money
from models.kinds import KINDS, EdgeSpec, Spec
from queries.introductions.crossing import CrossingTie
from queries.portfolio.lines import PortfolioAccount, Service, amounts_of
from queries.relations.channels import ChannelAccount, Channels, ChannelTie

AnyTerm = TypeVar("AnyTerm", bound=Term)
_PAGE = 1_000
_PLACE = {kind: place for place, kind in enumerate(KINDS)}


def visible(scope: Scope, account_id: str) -> None:
    """Raises NotFound for an account outside the scope."""
    if not scope.sees(account_id):
        raise NotFound(NodeKind.ACCOUNT, account_id)


async def every(
    store: GraphStore,
    scope: Scope,
    kind: Kind,
    *,
    account_id: str | None = None,
    where: Mapping[str, str] | None = None,
) -> AsyncIterator[Stored]:
    """All records of a kind by id, as `find` gives them, a page at a time. O(records)."""
    after = ""
    while True:
        page = await store.find(scope, kind, account_id=account_id, where=where, after=after, limit=_PAGE)
        for row in page:
            yield row
        if len(page) < _PAGE:
            return
        after = page[-1].id


def sees_whole_store(scope: Scope) -> None:
    """Raises PermissionError unless the scope sees every account: a store moves whole or not at all."""
    if scope.accounts is not None:
        raise PermissionError("only who sees every account may copy a store")


def in_order(records: Iterable[Stored]) -> list[Stored]:
    """Nodes, then edges, by kind (as declared) and id."""
    return sorted(records, key=lambda stored: (_PLACE[stored.kind], stored.id))


def hanging(sees: Callable[[str | None], bool], held: Iterable[Held]) -> Touching:
    """What hangs on a node, as far as who asks may see it."""
    found = [each.stored for each in held]
    shown = in_order(stored for stored in found if sees(stored.account))
    return Touching(tuple(shown), len(found) - len(shown))


def conditions(spec: Spec, where: Mapping[str, str]) -> dict[str, Any]:
    """The wanted values of fields as JSON values. Fields are a kind's columns and an edge's ends.

    Raises InvalidInput for another field, or a value that its column cannot hold.
    """
    known = {column.name: column.form for column in spec.columns if column.form is not Form.JSON}
    if isinstance(spec, EdgeSpec):
        known |= {"source_id": Form.TEXT, "target_id": Form.TEXT}
    wanted = {}
    for name, text in where.items():
        if name not in known:
            raise InvalidInput(Fault(Code.UNKNOWN_FIELD, {"name": name}, f"/{name}"))
        wanted[name] = _value(name, known[name], text)
    return wanted


def _value(name: str, form: Form, text: str) -> Any:
    if form not in (Form.NUMBER, Form.FLAG):
        return text
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, bool if form is Form.FLAG else int | float):
        en, zh = ("true or false", " true 或 false") if form is Form.FLAG else ("a number", "数字")
        detail = Label(f"{text} is not {en}.", f"{text} 不是{zh}。")
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}, f"/{name}"))
    return value


@dataclass(slots=True)
class AccountLine:
    """What a store knows of an account for the list."""

    id: str
    name: str
    tier: str | None
    counts: dict[str, int] = field(default_factory=dict)
    deals: list[tuple[float | None, str | None]] = field(default_factory=list)
    importing: bool = False


def summaries(lines: Iterable[AccountLine]) -> list[AccountSummary]:
    """The list of accounts by what is open: by currency the largest value first; then by name and id."""
    found = [
        AccountSummary(
            id=line.id,
            name=line.name,
            tier=line.tier,
            people=line.counts.get(NodeKind.CONTACT, 0),
            departments=line.counts.get(NodeKind.DEPARTMENT, 0),
            open_opportunities=len(line.deals),
            open_values=tuple(amounts_of(line.deals)),
            importing=line.importing,
        )
        for line in lines
    ]
    return sorted(found, key=lambda row: (_by_value(row.open_values), row.name, row.id))


def _by_value(amounts: Sequence[Money]) -> tuple[bool, bool, str, float]:
    """Amounts of different currencies are not compared: of several the first currency's counts."""
    if not amounts:
        return True, True, "", 0.0
    first = amounts[0]
    return False, first.currency is None, first.currency or "", -first.value


def portfolio_of(
    accounts: Iterable[Sequence[Any]], teams: Iterable[Sequence[Any]], deals: Iterable[Sequence[Any]]
) -> list[PortfolioAccount]:
    """The accounts of a portfolio by id, from the rows of portfolio, portfolio_teams and account_deals."""
    served: dict[str, list[Service]] = {}
    for account, role, since, until in teams:
        served.setdefault(account, []).append(Service(_term(TeamRole, role), since, until))
    bought: dict[str, list[tuple[float | None, str | None]]] = {}
    for account, value, currency in deals:
        bought.setdefault(account, []).append((value, currency))
    return [
        PortfolioAccount(
            id=id_,
            name=name,
            status=_term(AccountStatus, status),
            tier=_term(Tier, tier) if tier else None,
            tier_reason=_term(TierReason, reason) if reason else None,
            annual_volume=volume,
            currency=currency,
            team=tuple(served.get(id_, ())),
            deals=tuple(bought.get(id_, ())),
        )
        for id_, name, status, tier, reason, volume, currency in sorted(accounts, key=itemgetter(0))
    ]


def channels_of(accounts: Iterable[Sequence[Any]], ties: Iterable[Sequence[Any]]) -> Channels:
    """The channels of a scope from the rows of channel_accounts and channel_ties."""
    stops = [
        ChannelAccount(
            id=id_,
            name=name,
            status=_term(AccountStatus, status),
            tier=_term(Tier, tier) if tier else None,
            role=_term(ChannelRole, role) if role else None,
        )
        for id_, name, status, tier, role in sorted(accounts, key=itemgetter(0))
    ]
    links = [
        ChannelTie(id_, source, target, _term(ChannelLink, kind), share, since, until)
        for id_, source, target, kind, share, since, until in sorted(ties, key=itemgetter(0))
    ]
    return Channels(tuple(stops), tuple(links))


def crossing_of(rows: Iterable[Sequence[Any]]) -> list[CrossingTie]:
    """The ties across accounts from the rows of crossing_ties."""
    ties = [CrossingTie(id_, _term(EdgeKind, kind), *rest) for id_, kind, *rest in rows]
    return sorted(ties, key=lambda tie: (tie.kind, tie.id))


def _term(vocabulary: type[AnyTerm], word: str) -> AnyTerm:
    return next(term for term in vocabulary if term == word)
