"""Who can pass a purchase on to whom in an account, and how likely each step carries."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from models.columns import code_of
from models.enums import EdgeKind, Line, NodeKind, Polarity, Window
from models.graph import AccountGraph, EdgeTable
from queries.chains.step_graph import Part, StepGraph, step_graph
from queries.people import Bools, Floats, People, people
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.chains import ChainRules
from queries.strength.table import strength_table, tie_ids

__all__ = ["steps_inside", "steps_of", "welcomes"]


def steps_of(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    window: Window | None = None,
    seller: NodeKind = NodeKind.MEMBER,
    from_also: Collection[int] = (),
    to_also: Collection[int] = (),
) -> StepGraph:
    """The steps of an account on a day, each with the probability that it carries; kept with the graph.

    `seller` is MEMBER (ours, over `knows`) or RIVAL (a competitor's, over `courts`, everybody's attitude
    with its sign turned). While `window` is SHUT the seller's own ties to decision-level contacts count
    less. Nobody who left or is restricted passes anything on or is led to, but for the contacts
    (positions) in `from_also`, who may start a chain, and `to_also`, who may end one.
    O(edges log edges). Formula: docs/rules.md §3. What it leaves open is read like this:

    * Message ties are derived ties: 0.3 times their weight 1 − exp(−n/20), so that no number of messages
      beats the reporting lines.
    * Friendly bonds are derived ties both ways. Of an edge the weight counts and not the confidence.
    * Attitude and voice count on every step out of a contact, the chain's first one too.
    * Windows open and shut to the competitor as to us.
    """
    day = graph.on(on)
    folk = people(day, opportunity_id, rules.influence.finance_share_of_clerks)
    out = frozenset(place for place in from_also if not folk.counts[place])
    into = frozenset(place for place in to_also if not folk.counts[place])

    def make() -> StepGraph:
        may_pass, may_hear = folk.counts.copy(), folk.counts.copy()
        may_pass[list(out)] = True
        may_hear[list(into)] = True
        attitude = folk.attitude if seller is NodeKind.MEMBER else -folk.attitude
        passes = _willingness(attitude, rules.chains) * _voices(folk, rules.chains) * may_pass
        parts = [
            _passed_on(part, passes, may_hear) for part in steps_inside(day, rules.chains, opportunity_id)
        ]
        welcome = welcomes(folk, attitude, window, rules.chains) * may_hear
        return _with_seller(graph, parts, _seller_ties(graph, on, rules, seller), welcome, seller)

    return graph.memo(("steps", on, rules.version, opportunity_id, window, seller, out, into), make)


def welcomes(folk: People, attitude: Floats, window: Window | None, rules: ChainRules) -> Floats:
    """What of its strength the seller's own tie to each contact carries in a purchase. O(people)."""
    shut = rules.window_shut if window is Window.SHUT else 1.0
    return np.asarray(_willingness(attitude, rules) * np.where(folk.decision(), shut, 1.0))


def _willingness(attitude: Floats, rules: ChainRules) -> Floats:
    factor = np.ones(len(attitude))
    for value, willing in rules.attitude.items():
        factor[attitude == value] = willing
    return factor


def _voices(folk: People, rules: ChainRules) -> Floats:
    factor = np.ones(len(folk.voice))
    for value, able in enumerate(rules.voice):
        factor[folk.voice == value] = able
    return factor


def _passed_on(part: Part, passes: Floats, may_hear: Bools) -> Part:
    carried = part.probability * passes[part.source] * may_hear[part.target]
    return replace(part, probability=carried)


def steps_inside(day: AccountGraph, rules: ChainRules, opportunity_id: str | None) -> Iterator[Part]:
    """The steps between contacts, before anybody's willingness; `day` is the graph as it stands. O(edges)."""
    lines = day.edges[EdgeKind.REPORTS_TO]
    dotted = lines.array("line") == code_of(Line.DOTTED)
    yield _along(lines, np.where(dotted, rules.dotted, rules.upward))
    yield _against(lines, np.where(dotted, rules.dotted, rules.downward))
    table = day.edges[EdgeKind.INFLUENCES]
    bound = table.texts("opportunity_id")
    said = table.where(np.array([deal is None or deal == opportunity_id for deal in bound], dtype=bool))
    trust = np.where(said.array("stated") == 0, rules.derived, rules.stated)
    yield _along(said, _weighed(said.array("weight"), trust, rules))
    bonds = day.edges[EdgeKind.BOND]
    friendly = bonds.where(bonds.array("polarity") != float(Polarity.CONFLICT))
    drawn = _weighed(friendly.array("weight"), rules.derived, rules)
    yield _along(friendly, drawn)
    yield _against(friendly, drawn)
    yield from _mails(day.edges[EdgeKind.MESSAGES], rules)


def _weighed(weight: Floats, trust: Floats | float, rules: ChainRules) -> Floats:
    return np.where(np.isnan(weight), rules.unknown_weight, trust * weight)


def _along(table: EdgeTable, probability: Floats) -> Part:
    return Part(table.spec.kind, table.source, table.target, probability, table.ids)


def _against(table: EdgeTable, probability: Floats) -> Part:
    return Part(table.spec.kind, table.target, table.source, probability, table.ids, against=True)


def _mails(table: EdgeTable, rules: ChainRules) -> Iterator[Part]:
    """One step each way per pair that exchanged messages, derived with weight 1 − exp(−n/scale).

    n counts both ways. A way that has no edge of its own takes the first edge of the other way.
    """
    people_ = 1 + int(max(table.source.max(initial=0), table.target.max(initial=0)))
    forth = table.source.astype(np.int64) * people_ + table.target
    back = table.target.astype(np.int64) * people_ + table.source
    _, pair = np.unique(np.minimum(forth, back), return_inverse=True)
    counted = np.where(np.isnan(table.array("count")), 1.0, table.array("count"))
    exchanged = np.bincount(pair, weights=counted, minlength=len(table))[pair]
    chance = rules.derived * -np.expm1(-exchanged / rules.messages_scale)
    first = np.zeros(len(table), dtype=bool)
    first[np.unique(forth, return_index=True)[1]] = True
    alone = first & ~np.isin(back, forth)
    yield _along(table.where(first), chance[first])
    yield _against(table.where(alone), chance[alone])


def _seller_ties(graph: AccountGraph, on: date, rules: Rules, seller: NodeKind) -> Part:
    """Ties of the seller's people to contacts at strength/100, sources as positions in their own table."""
    if seller is NodeKind.RIVAL:
        courts = graph.on(on).edges[EdgeKind.COURTS]
        return _along(courts, courts.array("strength") / 100)
    table = strength_table(graph, on=on, rules=rules)
    member, contact = table.member.astype(np.int32), table.contact.astype(np.int32)
    return Part(EdgeKind.KNOWS, member, contact, table.strength / 100, tie_ids(graph, table, on))


def _with_seller(
    graph: AccountGraph, parts: list[Part], ties: Part, welcome: Floats, seller: NodeKind
) -> StepGraph:
    contacts, sellers = graph.contacts, graph.nodes[seller]
    team = len(contacts) + len(sellers)
    reached = ties.probability * welcome[ties.target]
    own = replace(ties, source=ties.source + np.int32(len(contacts)), probability=reached)
    each = np.arange(len(contacts), team, dtype=np.int32)
    all_at_once = Part(None, np.full_like(each, team), each, np.ones(len(each)), [""] * len(each))
    ids = (*contacts.ids, *sellers.ids, "")
    return step_graph(ids, len(contacts), [*parts, own, all_at_once], team)
