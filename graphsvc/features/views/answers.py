"""The answers of an account as pictures: asked, and laid on a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from graphsvc.access.fields import shown
from graphsvc.features.channels.schemas import ChannelsQuery
from graphsvc.features.channels.service import channel_map as channels_of
from graphsvc.features.history.differing import RecordChange, diff
from graphsvc.features.views.schemas import ViewQuery
from graphsvc.stores.port import GraphStore, Scope
from models.enums import EdgeKind, NodeKind, ViewName
from models.findings.base import Provenance
from models.findings.positions import Standing
from models.findings.views import View
from models.graph import AccountGraph
from models.kinds import KINDS
from queries.chains.best import decision_chains
from queries.coverage.coverage import coverage
from queries.coverage.trust import trust
from queries.influence.ranking import rank_influencers
from queries.positions.finding import position_trail, positions
from queries.relations.relations import relations
from queries.rules import Rules
from queries.threats.finding import threats
from viz.labels import in_language
from viz.naming import Names
from viz.sheets import matrices, rows, ways
from viz.sheets.differences import ToldChange, differences
from viz.telling import Telling

MOST_TRAILS = 8
DAYS_BACK = 30
"""What has changed is told of so many days unless the question says from when."""
_KINDS = {str(kind): kind for kind in KINDS}
_PRIVATE = frozenset({NodeKind.ASSESSMENT})
"""Kinds that nothing is told of to who may not see personal fields."""

Draw = Callable[[AccountGraph, date, ViewQuery, str, Rules], View]


def _names(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> Names:
    return Names(graph, day, lang, rules, query.opportunity_id)


def _rankings(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    deal = query.opportunity_id
    found = rank_influencers(graph, on=day, rules=rules, opportunity_id=deal, step=query.step)
    return rows.rankings(found, _names(graph, day, query, lang, rules), deal)


def _threats(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    found = threats(graph, on=day, rules=rules, opportunity_id=query.opportunity_id)
    return rows.threats(found, _names(graph, day, query, lang, rules), query.opportunity_id)


def _trust(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    deal = query.opportunity_id
    found = trust(graph, on=day, rules=rules, opportunity_id=deal, step=query.step)
    return rows.trust(found, _names(graph, day, query, lang, rules), deal)


def _positions(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    found = positions(graph, on=day, rules=rules)
    names = _names(graph, day, query, lang, rules)
    return rows.positions(found, names, rules.positions.met_points, trails(graph, found.items, day, rules))


def trails(
    graph: AccountGraph, found: Sequence[Standing], day: date, rules: Rules
) -> dict[str, list[tuple[float, float]]]:
    """The ways of those who passed through several positions, as institutional interest and 100 less the
    personal one: where each position began, and where they end."""
    ways_by_contact = {}
    for id_ in [item.contact_id for item in found if len(item.passed) > 1][:MOST_TRAILS]:
        trail = position_trail(graph, id_, on=day, rules=rules)
        turns = {step.since for step in trail.contact.passed}
        kept = [point for point in trail.items[:-1] if point.on in turns] + trail.items[-1:]
        ways_by_contact[id_] = [(point.institutional, 100 - point.personal) for point in kept]
    return ways_by_contact


def _contact_matrix(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    found = coverage(graph, on=day, rules=rules, opportunity_id=query.opportunity_id)
    return matrices.contact_matrix(found, _names(graph, day, query, lang, rules), query.opportunity_id)


def _relation_matrix(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    found = relations(graph, on=day, rules=rules, opportunity_id=query.opportunity_id)
    return matrices.relation_matrix(found, _names(graph, day, query, lang, rules), query.opportunity_id)


def _chains(graph: AccountGraph, day: date, query: ViewQuery, lang: str, rules: Rules) -> View:
    deal, target = query.opportunity_id, query.target_id
    found = decision_chains(
        graph,
        on=day,
        rules=rules,
        target_ids=None if target is None else (target,),
        opportunity_id=deal,
        step=query.step,
    )
    return ways.chains(found, _names(graph, day, query, lang, rules), opportunity_id=deal)


DRAW: Mapping[ViewName, Draw] = {
    ViewName.RANKINGS: _rankings,
    ViewName.THREATS: _threats,
    ViewName.TRUST: _trust,
    ViewName.POSITIONS: _positions,
    ViewName.CONTACT_MATRIX: _contact_matrix,
    ViewName.RELATION_MATRIX: _relation_matrix,
    ViewName.CHAINS: _chains,
}
"""Pictures that an account's graph alone gives."""


async def channel_map(
    store: GraphStore, scope: Scope, graph: AccountGraph, query: ViewQuery, lang: str, rules: Rules
) -> View:
    """The channel map of the accounts of the scope, this one marked. Raises StoreUnavailable."""
    asked = ChannelsQuery(as_of=query.as_of, on=query.on)
    found = await channels_of(store, scope, asked, rules)
    return ways.channel_map(found, _names(graph, query.day(), query, lang, rules))


async def changes(
    store: GraphStore, scope: Scope, graph: AccountGraph, query: ViewQuery, lang: str, rules: Rules
) -> View:
    """What has changed between two times; of records with personal fields what the scope may see."""
    until = query.until or query.as_of or datetime.now(UTC)
    since = query.since or until - timedelta(days=DAYS_BACK)
    found = await diff(store, scope, graph.account_id, since, until)
    names = _names(graph, query.day(), query, lang, rules)
    telling = Telling(names)
    told = [_told(change, telling, scope) for change in found.items]
    provenance = Provenance(
        algorithm="diff",
        version="1",
        rules_version=rules.version,
        parameters={"from": since.isoformat(), "to": until.isoformat()},
        account_sequence=found.last.account,
        firm_sequence=found.last.firm,
        on=query.day(),
    )
    seen: Sequence[ToldChange] = [change for change in told if change is not None]
    return differences(seen, names, provenance, telling.time(since), telling.time(until))


def _told(change: RecordChange, telling: Telling, scope: Scope) -> ToldChange | None:
    """A change in words; None if nothing of it may be told."""
    kind = _KINDS[change.kind]
    if not scope.personal and kind in _PRIVATE:
        return None
    before = dict(shown(scope, kind, {field.name: field.before for field in change.fields}))
    after = dict(shown(scope, kind, {field.name: field.after for field in change.fields}))
    if not before and change.change == "changed":
        return None
    if isinstance(kind, EdgeKind):
        ends = ((change.source_id, change.source_name), (change.target_id, change.target_name))
        name = " → ".join(_end(telling, id_ or "", said) for id_, said in ends)
        return ToldChange(change.change, kind, name, telling.fields(kind, change.id, before, after))
    name = telling.called(kind, change.id, {"name": change.name} if change.name else None)
    return ToldChange(change.change, kind, name, telling.fields(kind, change.id, before, after))


def _end(telling: Telling, id_: str, name: str | None) -> str:
    """An end of a tie; who objected to analysis is not named."""
    if id_ in telling.names.graph.contacts.position:
        return telling.called(NodeKind.CONTACT, id_, {"name": name} if name else None)
    return in_language(name or id_, telling.lang)
