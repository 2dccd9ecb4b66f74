"""Key influencers: whose opinion a purchase will follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

import numpy as np

from models.columns import code_of
from models.enums import Category, EdgeKind, Prior, Step, TieDirection
from models.findings.base import Provenance
from models.findings.influence import CategoryShare, InfluenceParts, Influencer, Moved, Ranking
from models.graph import AccountGraph
from models.measures import Measure
from queries.influence.breakdown import Breakdown, by_category
from queries.influence.case import Asked, Case
from queries.influence.measures import Placement
from queries.influence.moves import Moves
from queries.influence.priors import gaps
from queries.influence.standing import InfluenceScores, Places, Standings, best_first, stability
from queries.influence.ties import draw_keys
from queries.influence.walks import TOLERANCE, Settled
from queries.naming import known_contact
from queries.numbers import significant, significant_all
from queries.people import Bools, Floats
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules

__all__ = [
    "Asked",
    "Hidden",
    "InfluenceScores",
    "Standings",
    "hidden_influencers",
    "influence_scores",
    "influence_standings",
    "rank_influencers",
]

VERSION = "1"
_EDGE_KINDS = {str(kind): kind for kind in EdgeKind}


def influence_scores(
    graph: AccountGraph, *, on: date, rules: Rules = DEFAULT_RULES, asked: Asked | None = None
) -> InfluenceScores:
    """The shares and scores of `rank_influencers` alone, as arrays for other kernels. O(ties · rounds).

    Unrounded; people who do not count have 0. Raises InvalidInput as `rank_influencers` does.
    """
    case = Case.of(graph.on(on), rules, asked or Asked())
    share = case.share()
    return InfluenceScores(share, _points(share), case.measure)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden influencer (a position), who follows him most (positions), and by which edges."""

    contact: int
    listeners: tuple[int, ...]
    evidence: tuple[tuple[EdgeKind, str], ...]


def hidden_influencers(
    graph: AccountGraph, *, on: date, rules: Rules = DEFAULT_RULES, asked: Asked | None = None
) -> list[Hidden]:
    """Those whom `rank_influencers` flags as hidden, by position. O(ties · (rounds + log ties)).

    Raises InvalidInput as `rank_influencers` does.
    """
    today = graph.on(on)
    case = Case.of(today, rules, asked or Asked())
    settled, contacts = case.model.settled(), today.contacts
    if case.measure != Measure.INFLUENCE:
        return []
    score = _points(settled.share)
    breakdown = Breakdown.of(case.model.ties, contacts.ids, _per_share(settled.share) * settled.carried)
    flagged = _hidden(case, score, _formal(case), breakdown, rules) & case.who.counts
    return [
        Hidden(
            contact,
            tuple(contacts.position[source.contact_id] for source in breakdown.sources(contact)),
            tuple(
                (_EDGE_KINDS[row.kind], row.id) for row in breakdown.evidence(contact, informal_first=True)
            ),
        )
        for contact in np.flatnonzero(flagged).tolist()
    ]


def influence_standings(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    step: Step | None = None,
) -> Standings:
    """Everybody's place in `rank_influencers`, for who shows large accounts. O(draws · ties · rounds), kept.

    Raises InvalidInput as `rank_influencers` does.
    """
    asked = Asked(opportunity_id=opportunity_id, step=step)
    return graph.memo(("standings", on, rules.version, asked), lambda: _standings(graph, on, rules, asked))


def _standings(graph: AccountGraph, on: date, rules: Rules, asked: Asked) -> Standings:
    today = graph.on(on)
    case = Case.of(today, rules, asked)
    placed = _Placed.of(today, case, rules, asked)
    carried = None if isinstance(case.model, Placement) else placed.settled.carried
    breakdown = Breakdown.of(case.model.ties, today.contacts.ids, carried)
    return Standings(
        rank=placed.ranks(),
        share=placed.settled.share,
        score=placed.score,
        key_player=placed.key_players(),
        hidden=_hidden(case, placed.score, placed.formal, breakdown, rules),
        provenance=_provenance(graph, on, rules, case, _parameters(asked, case)),
    )


def rank_influencers(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    step: Step | None = None,
    measure: Measure | None = None,
    prior: Prior = Prior.LEVEL,
    direction: TieDirection = TieDirection.AS_STORED,
    weights: Mapping[str, float] | None = None,
    informal: bool = True,
    category: Category | None = None,
    contact_id: str | None = None,
    compare_step: Step | None = None,
    limit: int | None = None,
    most: int | None = None,
    lang: str = "en",
) -> Ranking:
    """The account's people by influence, the most influential first; equal ones by id.

    Parameters
    ----------
    graph : the account; `on` picks the ties that hold on a day.
    opportunity_id : roles, voice and influences of this purchase, and its step unless `step` is given.
        Without it influences limited to a purchase are left out, and the roles in all open ones count.
    step : weighs the buyer categories as they count in a purchasing step; without one, seats count by level.
    measure : influence unless given; where the account has message ties and neither influence nor
        reporting ties nor friendly bonds, authority. Authority reads message ties only; the other measures
        read those of influence, or message ties where there are none (docs/rules.md §16). Constraint is a
        list of its own, bridges first: nobody is a key player or hidden in it.
    prior : by level or step, or the same for all.
    direction : `reversed` reads influence and message ties the other way round.
    weights : weight by tie type, see `queries.influence.ties.type_weights`.
    informal : without, reporting lines alone count.
    category, contact_id, limit : leave out of the items who does not share in a category, everybody but
        one, and those after the first `limit`; ranks, scores and shares stay those of the whole ranking.
    most : make only the first so many items, for who shows no more: what each score is made of is the
        larger part of the work. It is no part of the question.

    Returns
    -------
    Ranking : `share` sums to 1 over all who count; `score` is 100 · share / largest share.
        `parts`, in points: `prior` is what a person weighs by his own seat, a source is what a direct
        listener passes on to him (the listener's own weight and what others pass to that one); prior and
        all sources add up to the score, the three largest are shown. `formal` is his score in the ranking
        of the chart alone; 0 under authority, which knows no chart.
        `hidden`: the score lies at least 15 points above `formal`, an informal tie carries part of it, and
        he is no decision maker (unknown level counts as below); the best informal tie then stands first
        in the evidence. `key_player`: share above twice the mean, or decision maker by level or role.
        `stability`: part of 30 draws, each without a fifth of the ties, in which he is among the first five;
        None for eigenvector and measures of position, to which a tie carries no part of its own.
        `value`: the measure as the field knows it, None where it has none; 95 % of draws of people to
        measure from lie within `error` of it, which is 0 where it was measured from everybody.

    Raises
    ------
    InvalidInput : an unknown opportunity, an unknown tie type, a weight outside 0–10; `compare_step` without
        a step to compare it with, or with another measure than influence.

    Notes
    -----
    People who left are not ranked and carry nothing. Restricted people are left out as if the graph did
    not hold them: neither ranked nor passed through, so that no number rests on them. Formulas and sources
    stand in `walks`, `priors` and `hits`. O(draws · ties · rounds).
    """
    asked = Asked(
        opportunity_id=opportunity_id,
        step=step,
        measure=measure,
        prior=prior,
        direction=direction,
        weights=weights,
        informal=informal,
    )
    today = graph.on(on)
    case = Case.of(today, rules, asked)
    places = _Placed.of(today, case, rules, asked)
    moved = None
    if compare_step is not None:
        names = today.contacts.texts("name")
        moves = Moves.of(case, rules.influence, prior, compare_step)
        moved = moves.findings(today.contacts.ids, names, lang)
    shown = _asked_for(graph, case, places.order, category, contact_id)
    shortened = {"category": category and str(category), "compare_step": compare_step and str(compare_step)}
    parameters = _parameters(asked, case) | shortened | ({"contact_id": contact_id} if contact_id else {})
    return Ranking(
        items=places.items(shown[:limit][:most], moved),
        measure=case.measure,
        by_category=places.categories(),
        gaps=gaps(case.who, rules.influence, case.step),
        error=significant(case.published(places.settled.share)[1]),
        provenance=_provenance(graph, on, rules, case, {**parameters, "limit": limit}),
    )


def _asked_for(
    graph: AccountGraph, case: Case, order: Places, category: Category | None, contact_id: str | None
) -> Places:
    """Who of a ranking is told of: those of a category, or one alone."""
    if contact_id is not None:
        order = order[order == known_contact(graph, contact_id)]
    return order if category is None else order[case.who.shares[order, code_of(category)] > 0]


_DRAWN = {Measure.INFLUENCE, Measure.AUTHORITY, Measure.PAGERANK, Measure.IN_DEGREE}
"""The measures that ties carry, quick enough to be made anew without some of them."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """Everybody's numbers by position in the contact table; `order` lists who counts, best first."""

    graph: AccountGraph
    case: Case
    rules: Rules
    settled: Settled
    score: Floats
    formal: Floats
    stability: Floats | None
    order: Places

    @classmethod
    def of(cls, graph: AccountGraph, case: Case, rules: Rules, asked: Asked) -> _Placed:
        settled, formal, stable = _settled(graph, case, rules, asked)
        order = best_first(settled.share)
        return cls(
            graph=graph,
            case=case,
            rules=rules,
            settled=settled,
            score=_points(settled.share),
            formal=formal,
            stability=stable,
            order=order[case.who.counts[order]],
        )

    def items(self, shown: Places, moved: Sequence[Moved] | None) -> list[Influencer]:
        """The places of the ranking at the positions `shown`. O(ties + their own · log)."""
        contacts, who = self.graph.contacts, self.case.who
        rank = self.ranks()
        points = _per_share(self.settled.share)
        ties = self.case.model.ties
        theirs = np.isin(np.arange(ties.people), shown)[ties.heard]
        carried = points * self.settled.carried[theirs]
        breakdown = Breakdown.of(
            ties.where(theirs), contacts.ids, None if isinstance(self.case.model, Placement) else carried
        )
        key = self.key_players().tolist()
        hidden = _hidden(self.case, self.score, self.formal, breakdown, self.rules).tolist()
        score, share, prior, formal, value = (
            significant_all(values[shown]).tolist()
            for values in (
                self.score,
                self.settled.share,
                points * self.settled.own,
                self.formal,
                self.case.published(self.settled.share)[0],
            )
        )
        stable = [None] * len(share)
        if self.stability is not None:
            stable = significant_all(self.stability[shown]).tolist()
        return [
            Influencer(
                rank=int(rank[row]),
                contact_id=contacts.ids[row],
                name=contacts.texts("name")[row],
                score=score[place],
                share=share[place],
                category=who.category(row),
                parts=InfluenceParts(
                    prior=prior[place], sources=breakdown.sources(row), formal=formal[place]
                ),
                key_player=key[row],
                hidden=hidden[row],
                stability=stable[place],
                evidence=breakdown.evidence(row, informal_first=hidden[row]),
                value=None if isnan(value[place]) else value[place],
                moved=None if moved is None else moved[row],
            )
            for place, row in enumerate(shown.tolist())
        ]

    def ranks(self) -> Places:
        """Everybody's place from 1 on; 0 of who does not count."""
        rank = np.zeros(len(self.graph.contacts), dtype=np.int64)
        rank[self.order] = np.arange(1, len(self.order) + 1)
        return rank

    def categories(self) -> list[CategoryShare]:
        """The ranking by buyer category."""
        step, share = self.case.step, self.settled.share
        table = None if step is None else self.rules.influence.steps[step]
        weights = None if table is None else np.array([table[category] for category in Category])
        return by_category(self.graph, self.case.who, weights, share, self.score, self.order)

    def key_players(self) -> Bools:
        """Whose share is far above the mean, and who decides."""
        if self.case.measure == Measure.CONSTRAINT:
            return np.zeros(len(self.score), dtype=bool)
        mean = 1 / max(len(self.order), 1)
        above = self.settled.share > self.rules.influence.key_player_ratio * mean + TOLERANCE
        return np.asarray((above | _decides(self.case)) & self.case.who.counts)


def _hidden(case: Case, score: Floats, formal: Floats, breakdown: Breakdown, rules: Rules) -> Bools:
    if case.measure != Measure.INFLUENCE:
        return np.zeros(len(score), dtype=bool)
    above = score - formal >= rules.influence.hidden_points
    return np.asarray(above & breakdown.informally() & ~_decides(case))


def _decides(case: Case) -> Bools:
    return np.asarray(case.who.shares[:, code_of(Category.DECISION_MAKER)] > 0)


def _settled(
    graph: AccountGraph, case: Case, rules: Rules, asked: Asked
) -> tuple[Settled, Floats, Floats | None]:
    """Everybody's share, score by the chart alone and stability.

    Kept with the graph: many rounds of many draws, and the same for all pages, categories and languages.
    """
    weights = tuple(sorted((asked.weights or {}).items()))
    choices = (asked.opportunity_id, asked.prior, asked.direction, weights, asked.informal)

    def make() -> tuple[Settled, Floats, Floats | None]:
        stable = None
        if case.measure in _DRAWN:
            stable = stability(case.model, draw_keys(graph, case.model.ties), rules.influence)
        return case.model.settled(), _formal(case), stable

    return graph.memo(("settled", rules.version, case.step, case.measure, *choices), make)


def _formal(case: Case) -> Floats:
    """Everybody's score on reporting lines alone."""
    ties = case.model.ties
    if case.measure == Measure.AUTHORITY:
        return np.zeros(ties.people)
    return _points(case.model.shares((ties.weight * ties.formal)[None, :], TOLERANCE)[0])


def _points(share: Floats) -> Floats:
    return share * _per_share(share)


def _per_share(share: Floats) -> float:
    """Points per share: the largest share makes 100."""
    largest = float(share.max(initial=0.0))
    return 100 / largest if largest > 0 else 0.0


def _provenance(
    graph: AccountGraph, on: date, rules: Rules, case: Case, parameters: dict[str, Any]
) -> Provenance:
    return provenance_of(graph, on, rules, str(case.measure), VERSION, **parameters)


def _parameters(asked: Asked, case: Case) -> dict[str, Any]:
    """The question as JSON, with the step and measure that held."""
    return {
        "opportunity_id": asked.opportunity_id,
        "step": None if case.step is None else str(case.step),
        "measure": str(case.measure),
        "prior": str(asked.prior),
        "direction": str(asked.direction),
        "weights": dict(sorted((asked.weights or {}).items())),
        "informal": asked.informal,
    }
