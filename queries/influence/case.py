"""What is asked of a ranking, and the kernel that answers it on one account and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.enums import Level, Prior, Step, TieDirection
from models.graph import AccountGraph
from models.measures import Measure
from queries.chains.windows import step_of
from queries.influence.hits import Authority
from queries.influence.measures import Eigenvector, Listeners, Placement, pagerank
from queries.influence.priors import prior_of
from queries.influence.standing import Model
from queries.influence.ties import Ties, listening, mailing, type_weights
from queries.influence.walks import TOLERANCE, Walk
from queries.naming import known_opportunity
from queries.people import Floats, People, people
from queries.rules import Rules

__all__ = ["Asked", "Case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The choices of a ranking; `queries.influence.ranking.rank_influencers` says what each means."""

    opportunity_id: str | None = None
    step: Step | None = None
    measure: Measure | None = None
    prior: Prior = Prior.LEVEL
    direction: TieDirection = TieDirection.AS_STORED
    weights: Mapping[str, float] | None = None
    informal: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """The people of a graph (as it stands on a day), the step and measure that hold, and the kernel."""

    who: People
    step: Step | None
    measure: Measure
    model: Model

    @classmethod
    def of(cls, graph: AccountGraph, rules: Rules, asked: Asked) -> Case:
        """Fill in what was not asked and set up the kernel. O(ties log ties), by position more (see there).

        Raises InvalidInput.
        """
        known_opportunity(graph, asked.opportunity_id)
        step = step_of(graph, asked.opportunity_id, asked.step)
        who = people(graph, asked.opportunity_id, rules.influence.finance_share_of_clerks)
        weights = type_weights(rules, asked.weights)
        ties = listening(graph, who.counts, rules, weights, asked.direction, asked.opportunity_id)
        mails = mailing(graph, who.counts, asked.direction)
        if not asked.informal:
            ties, mails = ties.where(ties.formal), mails.where(mails.formal)
        # Message ties speak where they are all that is known of who listens to whom.
        usual = Measure.AUTHORITY if len(mails) and not len(ties) else Measure.INFLUENCE
        measure = asked.measure or usual
        if measure == Measure.INFLUENCE:
            return cls(who, step, measure, _walk(who, ties, rules, asked.prior, step))
        ids, read = graph.contacts.ids, ties if len(ties) else mails
        match measure:
            case Measure.AUTHORITY:
                model: Model = Authority(mails, who.counts)
            case Measure.PAGERANK:
                model = pagerank(read, who.counts, rules.influence.damping)
            case Measure.IN_DEGREE:
                model = Listeners(read, who.counts, rules)
            case Measure.EIGENVECTOR:
                model = Eigenvector(read, who.counts)
            case _:
                model = Placement.of(measure, read, who.counts, ids, rules)
        return cls(who, step, measure, model)

    def share(self) -> Floats:
        """Everybody's share as `model.settled` has it, for less where nothing else is wanted of it."""
        if isinstance(self.model, Walk):
            return np.asarray(self.model.shares(self.model.ties.weight[None, :], TOLERANCE)[0])
        return self.model.settled().share

    def published(self, share: Floats) -> tuple[Floats, float]:
        """The measure as it is known in the field, NaN where it has none, and its error from drawing."""
        match self.model:
            case Listeners():
                return self.model.values(), 0.0
            case Placement():
                return self.model.found.value, self.model.found.error
            case _:
                return share, 0.0


def _walk(who: People, ties: Ties, rules: Rules, prior: Prior, step: Step | None) -> Walk:
    return Walk(
        ties=ties,
        prior=prior_of(who, rules.influence, prior, step),
        openness=_openness(who, rules, step),
        full=rules.influence.listening_full,
        keeps=step is not None,
    )


def _openness(who: People, rules: Rules, step: Step | None) -> Floats:
    """Which part of each person's opinion others can move, if he listens at all."""
    table = rules.influence
    if step is None:
        return np.full(len(who.level), table.damping)
    by_code = np.array([*(table.openness[level] for level in Level), table.openness_unknown])
    return np.asarray(by_code[who.level])  # the code of an unknown level, −1, picks the last one
