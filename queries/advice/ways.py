"""Rules of the best ways to those who decide: whom they lead through, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from models.columns import NO_DAY
from models.enums import EdgeKind
from queries.advice.alerts import Alert, days
from queries.advice.case import SHOWN, Case
from queries.advice.words.ties import TieRule as Rule
from queries.cadence.weights import confirmed_days
from queries.chains.paths import Path, best_paths, best_to
from queries.chains.step_graph import StepGraph
from queries.chains.steps import steps_of
from queries.chains.windows import window_of
from queries.deals.purchase import Purchase
from queries.people import Bools
from queries.strength.flows import Ints

__all__ = ["way_alerts"]

_OPINIONS = (EdgeKind.INFLUENCES, EdgeKind.BOND)
"""The ties inside the customer that rest on what somebody thinks."""


def way_alerts(case: Case) -> Iterator[Alert]:
    """On our best chain to each signer of the open purchases: sour go-betweens, ties nobody confirmed.

    Looked at are the first few signers by influence. O(purchases · steps · log people).
    """
    if not (_sour_ones(case).any() or _may_be_old(case)):
        return  # whatever the ways are, no rule speaks
    for deal in case.open_deals:
        window, _ = window_of(case.graph, deal.id, deal.step, case.on)
        signers = case.signers(deal)[:SHOWN]
        steps = steps_of(
            case.whole, on=case.on, rules=case.rules, opportunity_id=deal.id, window=window, to_also=signers
        )
        ways = [
            (signer, path) for signer in signers for path in best_paths(best_to(steps, signer), steps.team, 1)
        ]
        yield from _sour(case, deal, ways)
        yield from _stale(case, deal, steps, ways)


def _sour(case: Case, deal: Purchase, ways: list[tuple[int, Path]]) -> Iterator[Alert]:
    sour = _sour_ones(case)
    through: dict[int, list[int]] = {}
    for signer, path in ways:
        for between in path.nodes[2:-1]:  # the first two are all of ours and one of ours
            if sour[between]:
                through.setdefault(between, []).append(signer)
    for between, signers in sorted(through.items()):
        id_ = case.graph.contacts.ids[between]
        params = {"deal": deal.name, "contact": case.name(between), "people": case.names(signers)}
        evidence = (case.key(between), *(case.key(signer) for signer in signers))
        yield Alert(Rule.GO_BETWEEN_SOUR, params, evidence, deal.id, contact_id=id_, subject=(id_,))


def _sour_ones(case: Case) -> Bools:
    """By the worst of our ties to each contact; faint grudges do not count."""
    liking = np.zeros(len(case.graph.contacts))
    np.minimum.at(liking, case.ties.contact, case.ties.liking)
    return np.asarray(liking < case.rules.strength.sour_liking)


def _may_be_old(case: Case) -> bool:
    """Whether any tie of opinion has not been confirmed for long."""
    for kind in _OPINIONS:
        last = _last(case, kind)
        if ((last != NO_DAY) & (last < case.today - case.table.stale_days)).any():
            return True
    return False


def _stale(case: Case, deal: Purchase, steps: StepGraph, ways: list[tuple[int, Path]]) -> Iterator[Alert]:
    for signer, path in ways:
        old = list(_old(case, steps, path))
        if old:
            params = {
                "deal": deal.name,
                "people": case.name(signer),
                "days": days(case.table.stale_days),
                "ties": tuple(f"{case.name(one)} → {case.name(other)}" for _, one, other in old),
            }
            yield Alert(
                Rule.TIE_STALE,
                params,
                tuple(edge for edge, _, _ in old),
                deal.id,
                contact_id=case.graph.contacts.ids[old[0][1]],
                subject=(case.graph.contacts.ids[signer],),
            )


def _old(case: Case, steps: StepGraph, path: Path) -> Iterator[tuple[tuple[EdgeKind, str], int, int]]:
    """The ties between their people on a path that nobody has confirmed for long, with their ends."""
    inside = path.nodes[2:]  # the first two are all of ours and one of ours
    for step, ends in zip(path.steps[2:], pairwise(inside), strict=True):
        kind = steps.edge_kind(step)
        if kind in _OPINIONS and _age(case, kind, steps.edge_ids[step]) > case.table.stale_days:
            yield (kind, steps.edge_ids[step]), *ends


def _age(case: Case, kind: EdgeKind, id_: str) -> int:
    """Days since the tie was confirmed or began; 0 where neither is known."""
    last = int(_last(case, kind)[case.graph.edges[kind].ids.index(id_)])
    return 0 if last == NO_DAY else case.today - last


def _last(case: Case, kind: EdgeKind) -> Ints:
    """The day number each tie of a kind was last confirmed on, else began; NO_DAY where neither is known."""
    table = case.graph.edges[kind]
    return np.asarray(np.maximum(confirmed_days(table, case.on), table.array("since")), dtype=np.int64)
