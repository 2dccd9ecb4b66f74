"""Somebody leaves: what hangs on one person, on our side or on theirs, and who could make up for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from models.editing import with_field, without_record
from models.enums import Category, ContactStatus, NodeKind, Step
from models.findings.departures import (
    CategoryLost,
    Departure,
    RoomChange,
    Substitute,
    UnitLost,
    WayLost,
)
from models.graph import AccountGraph
from queries.chains.best import leading
from queries.chains.windows import step_of, window_of
from queries.coverage.ties import counted_ties
from queries.coverage.trust import trust
from queries.departures.ways import WaysTo, lost, substitutes
from queries.departures.wording import headline
from queries.forecast.forecast import room_of, verdict_of
from queries.influence.case import Asked
from queries.keyplayers.fragmentation import fragmentation_of
from queries.naming import known_opportunity, position_of
from queries.numbers import significant
from queries.people import Floats, people
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["VERSION", "departure", "left"]

VERSION = "1"


def left(graph: AccountGraph, kind: NodeKind, id: str) -> AccountGraph:
    """The graph after one of ours (MEMBER) or of theirs (CONTACT) has left; nothing is stored. O(rows).

    One of ours goes with every tie; what he and others of ours did together stays theirs. One of theirs is
    marked as having left, as a record of him would be. Raises KeyError.
    """
    if kind is NodeKind.MEMBER:
        return without_record(graph, kind, id)
    return with_field(graph, kind, id, "status", str(ContactStatus.LEFT))


def departure(
    graph: AccountGraph,
    *,
    kind: NodeKind,
    id: str,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    step: Step | None = None,
    lang: str = "en",
) -> Departure:
    """What it costs if one of ours (`kind` MEMBER) or of theirs (CONTACT) leaves.

    For each decider (who decides or approves in the purchase, where nobody does the decision level; without
    a purchase those of any open one or by level) the best chain and the reach before and after; further the
    forecast, the trust of the categories, the best tie into each department, the fragmentation of the
    customer's people, and who of ours could make up for it.
    A decider hangs on the person if `coverage.thread_loss` of the chain's probability *or* of the reach
    goes: in an account of many ties some other way is nearly always open, so that reach tells little there,
    while the best chain still tells who carries the purchase today.
    `step` takes the place of the purchase's own. Raises InvalidInput for a person or an opportunity that
    cannot be named (`queries.naming`).
    As costly as two forecasts, two times the chains to all deciders, and, for one of theirs, two
    fragmentations. Formulas: docs/rules.md §20.
    """
    known_opportunity(graph, opportunity_id)
    name = graph.nodes[kind].texts("name")[position_of(graph, kind, id, f"/{kind}_id")]
    after = left(graph, kind, id)
    asked = Asked(opportunity_id=opportunity_id, step=step)
    ways, found, left_out = _ways(graph, after, on, rules, asked)
    trusts = [
        trust(each, on=on, rules=rules, opportunity_id=opportunity_id, step=step) for each in (graph, after)
    ]
    units = list(_departments(graph, after, on, rules, opportunity_id))
    torn = _torn(graph, after, kind, on, rules)
    told = {"kind": str(kind), "id": id, "opportunity_id": opportunity_id, "step": step}
    return Departure(
        items=ways,
        kind=kind,
        id=id,
        name=name,
        headline=headline(after, name, ways, (trusts[0].trust, trusts[1].trust), units, found, lang),
        single_threaded=any(way.by_chain or way.by_reach for way in ways),
        deciders_left_out=left_out,
        room=_room(graph, after, on, rules, asked),
        trust=trusts[0].trust,
        trust_after=trusts[1].trust,
        categories=[
            CategoryLost(category=category, worth=was.strength, worth_after=now.strength)
            for category, was, now in zip(Category, *(each.items for each in trusts), strict=True)
            if was.strength != now.strength
        ],
        departments=units,
        fragmentation=torn[0],
        fragmentation_after=torn[1],
        fragmentation_error=torn[2],
        substitutes=found,
        provenance=provenance_of(graph, on, rules, "departure", VERSION, **told),
    )


def _ways(
    graph: AccountGraph, after: AccountGraph, on: date, rules: Rules, asked: Asked
) -> tuple[list[WayLost], list[Substitute], int]:
    """What is lost of the ways to the deciders, who could make up for it, how many deciders are left out."""
    opportunity_id = asked.opportunity_id
    window, _ = window_of(graph, opportunity_id, step_of(graph, opportunity_id, asked.step), on)
    deciders = _deciders(graph, after, on, rules, opportunity_id)
    targets = leading(graph, deciders, on, rules, asked)
    before, then = (
        WaysTo.of(each, targets, on=on, rules=rules, opportunity_id=opportunity_id, window=window)
        for each in (graph, after)
    )
    found = substitutes(before, then, on=on, rules=rules, opportunity_id=opportunity_id, window=window)
    return lost(before, then, rules), found, len(deciders) - len(targets)


def _deciders(
    graph: AccountGraph, after: AccountGraph, on: date, rules: Rules, opportunity_id: str | None
) -> list[int]:
    """The positions of those who decide and stay: who signs in the purchase, else by any role or level."""
    share = rules.influence.finance_share_of_clerks
    who, then = (people(each.on(on), opportunity_id, share) for each in (graph, after))
    if opportunity_id is None:
        chosen = who.deciders() & who.counts & then.counts
    else:
        chosen = replace(who, counts=who.counts & then.counts).signers()
    places: list[int] = np.flatnonzero(chosen).tolist()
    return places


def _room(graph: AccountGraph, then: AccountGraph, on: date, rules: Rules, asked: Asked) -> RoomChange:
    before, after = (
        room_of(each, on=on, rules=rules, opportunity_id=asked.opportunity_id, step=asked.step)
        for each in (graph, then)
    )
    ids = graph.contacts.ids
    opinions = before.opinion, after.opinion
    verdicts = [verdict_of(opinion, rules) for opinion in opinions]
    vetoes = [[ids[place] for place in np.flatnonzero(room.vetoes).tolist()] for room in (before, after)]
    return RoomChange(
        opinion=significant(opinions[0]),
        opinion_after=significant(opinions[1]),
        verdict=verdicts[0],
        verdict_after=verdicts[1],
        vetoes=vetoes[0],
        vetoes_after=vetoes[1],
    )


def _departments(
    graph: AccountGraph, after: AccountGraph, on: date, rules: Rules, opportunity_id: str | None
) -> Iterator[UnitLost]:
    """The departments whose best tie is worth less in the end, or into which nobody has one any more."""
    units = graph.nodes[NodeKind.DEPARTMENT]
    (was, before), (now, then) = (
        _held(each, on, rules, opportunity_id, len(units)) for each in (graph, after)
    )
    changed = (now < was) | ((then == 0) & (before > 0))
    places = np.flatnonzero(changed).tolist()
    for place in sorted(places, key=lambda place: (then[place] > 0, now[place] - was[place], place)):
        yield UnitLost(
            department_id=units.ids[place],
            name=units.texts("name")[place],
            worth=significant(float(was[place])),
            worth_after=significant(float(now[place])),
            ours_after=int(then[place]),
        )


def _held(
    graph: AccountGraph, on: date, rules: Rules, opportunity_id: str | None, units: int
) -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """For each department the worth of the best tie into it, and how many of ours have one."""
    who = people(graph.on(on), opportunity_id, rules.influence.finance_share_of_clerks)
    ties = counted_ties(graph, on=on, rules=rules, opportunity_id=opportunity_id)
    unit = who.department[ties.contact]
    seated = unit >= 0
    best = np.zeros(units)
    np.maximum.at(best, unit[seated], ties.counted[seated])
    width = len(graph.nodes[NodeKind.MEMBER]) + 1
    pairs = np.unique(unit[seated].astype(np.int64) * width + ties.member[seated])
    return best, np.bincount(pairs // width, minlength=units)


def _torn(
    graph: AccountGraph, after: AccountGraph, kind: NodeKind, on: date, rules: Rules
) -> tuple[float | None, float | None, float | None]:
    """The fragmentation before and after, and the larger error; None where it cannot change."""
    if kind is NodeKind.MEMBER:
        return None, None, None
    was, now = (fragmentation_of(each.on(on), rules) for each in (graph, after))
    return significant(was.value), significant(now.value), significant(max(was.error, now.error))
