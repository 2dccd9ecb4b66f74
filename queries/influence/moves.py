"""Why people stand elsewhere at another purchasing step: the difference of their shares, taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.enums import Category, Prior, Step
from models.faults import Code, Fault, InvalidInput
from models.findings.influence import CategoryChange, Change, Moved
from models.measures import Measure
from queries.influence.breakdown import SHOWN, largest
from queries.influence.case import Case
from queries.influence.priors import prior_parts
from queries.influence.standing import Places, best_first
from queries.influence.walks import Walk
from queries.influence.wording import Cause, told
from queries.numbers import significant
from queries.people import Floats
from queries.rules.influence import InfluenceRules

__all__ = ["Moves"]

_TELLING = 0.0005
"""A change of share is worth a word from a twentieth of a percentage point on."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The ranking at one step less the ranking at another, by position in the contact table.

    Who listens to whom does not depend on the step, only what the categories weigh does. So the shares are
    linear in the prior, x = Vᵀq, and the difference of two steps is Σ Vᵀ(q′_c − q_c) over the categories c:
    `by_category` (a row each, the last for people of no category). Each of those is what the own seats weigh
    and what listeners pass on, which gives `own` and, per tie, `carried`. All three are exact.
    """

    case: Case
    rules: InfluenceRules
    share: Floats
    before: Floats
    rank: Places
    rank_before: Places
    own: Floats
    carried: Floats
    by_category: Floats
    weights: Floats
    weights_before: Floats

    @classmethod
    def of(cls, case: Case, rules: InfluenceRules, prior: Prior, compared: Step) -> Moves:
        """The moves from `compared` to the step of `case`. O(categories · ties · rounds).

        Raises InvalidInput if the ranking is not by influence at a step.
        """
        if case.step is None or case.measure != Measure.INFLUENCE or not isinstance(case.model, Walk):
            raise InvalidInput(Fault(Code.NOTHING_TO_COMPARE, pointer="/compare_step"))
        now, then = (prior_parts(case.who, rules, prior, step) for step in (case.step, compared))
        settled = [[replace(case.model, prior=row).settled() for row in parts] for parts in (now, then)]
        own = sum(part.own for part in settled[0]) - sum(part.own for part in settled[1])
        carried = sum(part.carried for part in settled[0]) - sum(part.carried for part in settled[1])
        by_category = np.array([here.share - there.share for here, there in zip(*settled, strict=True)])
        share, before = (np.sum([part.share for part in parts], axis=0) for parts in settled)
        return cls(
            case=case,
            rules=rules,
            share=share,
            before=before,
            rank=_ranks(share, case),
            rank_before=_ranks(before, case),
            own=np.asarray(own),
            carried=np.asarray(carried),
            by_category=by_category,
            weights=now.sum(axis=1),
            weights_before=then.sum(axis=1),
        )

    def findings(self, ids: Sequence[str], names: Sequence[str], lang: str) -> list[Moved]:
        """How everybody moved, by position. `names` are told in the sentences. O(ties log ties + people)."""
        ties = self.case.model.ties
        pair = ties.heard.astype(np.int64) * ties.people + ties.listener
        first = np.flatnonzero(np.diff(pair, prepend=-1))
        joint = np.add.reduceat(self.carried, first) if len(first) else np.zeros(0)
        places, begin = largest(ties.heard[first], np.abs(joint), ties.people, SHOWN)
        received = np.bincount(ties.heard[first], weights=joint, minlength=ties.people)
        listener, change = ties.listener[first][places].tolist(), joint[places].tolist()
        found = []
        for row in range(ties.people):
            shown = [
                (listener[place], change[place])
                for place in range(begin[row], begin[row + 1])
                if significant(change[place])
            ]
            others = float(received[row]) - sum(part for _, part in shown)
            found.append(self._moved(row, shown, others, ids, names, lang))
        return found

    def _moved(
        self,
        row: int,
        shown: list[tuple[int, float]],
        others: float,
        ids: Sequence[str],
        names: Sequence[str],
        lang: str,
    ) -> Moved:
        change = float(self.share[row] - self.before[row])
        reasons = list(zip([*Category, None], self.by_category[:, row].tolist(), strict=True))
        causes = [Cause.own(float(self.own[row]))]
        causes += [Cause.heard(names[person], part) for person, part in shown]
        weighed = [
            Cause.category(category, part, float(before), float(now))
            for (category, part), before, now in zip(reasons, self.weights_before, self.weights, strict=True)
            if category is not None
        ]
        return Moved(
            from_rank=int(self.rank_before[row]),
            from_share=significant(float(self.before[row])),
            change=significant(change),
            why=told(
                int(self.rank_before[row]),
                int(self.rank[row]),
                float(self.before[row]),
                float(self.share[row]),
                [cause for cause in causes if abs(cause.change) >= _TELLING],
                [cause for cause in weighed if abs(cause.change) >= _TELLING],
                lang,
            ),
            own=significant(float(self.own[row])),
            sources=[Change(contact_id=ids[person], change=significant(part)) for person, part in shown],
            others=significant(others) if abs(others) > _NOUGHT else 0.0,
            by_category=[
                CategoryChange(category=category, change=significant(part))
                for category, part in reasons
                if abs(part) > _NOUGHT
            ],
        )


_NOUGHT = 1e-12
"""Less than this is the order of additions."""


def _ranks(share: Floats, case: Case) -> Places:
    order = best_first(share)
    order = order[case.who.counts[order]]
    rank = np.zeros(len(share), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    return rank
