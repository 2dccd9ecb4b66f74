"""The sentences of an approach, made of what a contact cares about and filled with what is known of him."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from models.approach import Experience, Spin, Topic
from models.enums import Category, ConcernCode, EdgeKind, Kind, NodeKind
from models.fields import Label
from models.findings.approach import TalkingPoint
from models.findings.base import Evidence
from models.graph import AccountGraph
from models.terms import Term
from models.trade import DEFAULT_CONCERNS
from queries.approach.slots import AtWork, Keys, Slot
from queries.approach.words.persons import INSTALLED
from queries.approach.words.spin import SPIN
from queries.deals.concerns import concerns_of
from queries.deals.purchase import purchases
from queries.rules import Rules

__all__ = ["Concern", "Points", "Seat"]

Word = TypeVar("Word", bound=Term)


@dataclass(frozen=True, slots=True)
class Concern:
    """What a contact cares about: usual in his category, or stated, then perhaps in his own words."""

    code: ConcernCode
    usual: bool
    heard: str | None
    evidence: Keys


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a contact (a position) sits, and in which purchase he is asked about; `graph` is of the day."""

    graph: AccountGraph
    contact: int
    category: Category | None
    opportunity_id: str | None

    @property
    def key(self) -> tuple[Kind, str]:
        """His record."""
        return (NodeKind.CONTACT, self.graph.contacts.ids[self.contact])

    @property
    def job(self) -> Keys:
        """The records of his jobs, from which the category follows; his own without any."""
        jobs = self.graph.edges[EdgeKind.WORKS_IN]
        rows = [row for row, source in enumerate(jobs.source.tolist()) if source == self.contact]
        return tuple((EdgeKind.WORKS_IN, jobs.ids[row]) for row in rows) or (self.key,)

    def concerns(self) -> list[Concern]:
        """Each concern once: what he has stated, in the order of the records, then what else is usual."""
        stated: dict[ConcernCode, Concern] = {}
        for deal in self._deals():
            for held in concerns_of(self.graph, self.key[1], deal):
                if held.edge_id is not None:
                    before = stated.get(held.code, Concern(held.code, False, None, ()))
                    key = (EdgeKind.PLAYS, held.edge_id)
                    stated[held.code] = Concern(
                        held.code, False, before.heard or held.text, (*before.evidence, key)
                    )
        usual = DEFAULT_CONCERNS[self.category] if self.category else ()
        others = [Concern(code, True, None, self.job) for code in usual if code not in stated]
        return [*stated.values(), *others]

    def _deals(self) -> list[str]:
        """The purchase asked about, else all open ones, by id."""
        if self.opportunity_id is not None:
            return [self.opportunity_id]
        return [deal.id for deal in purchases(self.graph) if deal.open]


@dataclass(frozen=True, slots=True)
class Points:
    """Makes talking points of sentences, filled with the slots in the words of `lang`."""

    slots: Mapping[str, Slot]
    lang: str

    def spin(self, seat: Seat) -> Iterator[TalkingPoint]:
        """The four questions for each concern, stated ones first."""
        for held in seat.concerns():
            for question in Spin:
                rule = f"spin.{held.code}.{question}"
                sentence = SPIN[held.code][question]
                point = self._point(rule, Topic.CONCERN, held.code, sentence, held.evidence)
                more = {"question": question, "usual": held.usual, "heard": held.heard}
                yield point.model_copy(update=more)

    def experience(self, installed: AtWork | None, rules: Rules) -> Iterator[TalkingPoint]:
        """What is said of an installed product that pleases or does not; of others nothing."""
        if installed is None:
            return
        sour = installed.satisfaction <= rules.advice.low_score
        if sour or installed.satisfaction >= rules.advice.referral_score:
            content = (Experience.OURS_CONTENT, Experience.RIVAL_CONTENT)
            found = ((Experience.OURS_SOUR, Experience.RIVAL_SOUR) if sour else content)[not installed.ours]
            score = Slot(Label(*[f"{installed.satisfaction:.0f}"] * 2))
            points = Points({**self.slots, "score": score}, self.lang)
            yield from points.one(Topic.INSTALLED, found, INSTALLED, installed.evidence)

    def weighed(
        self, seat: Seat, topic: Topic, words: type[Word], table: Mapping[Word, Label]
    ) -> Iterator[TalkingPoint]:
        """Wants or needs, the strong ones first, equal ones in the order of the words; those of 0 not."""
        degrees = seat.graph.contacts.texts(f"{topic}s")[seat.contact] or {}
        for word in sorted(words, key=lambda word: -degrees.get(str(word), 0)):
            if degrees.get(str(word), 0) > 0:
                yield from self.one(topic, word, table, (seat.key,))

    def one(
        self, topic: Topic, word: Word | None, table: Mapping[Word, Label], evidence: Keys
    ) -> Iterator[TalkingPoint]:
        """The sentence of one word, if there is one."""
        if word is not None:
            yield self._point(f"{topic}.{word}", topic, word, table[word], evidence)

    def _point(
        self,
        rule: str,
        topic: Topic,
        code: Term,
        sentence: Label,
        evidence: Keys,
    ) -> TalkingPoint:
        text = sentence.zh if self.lang == "zh" else sentence.en
        used = [self.slots[name] for name in dict.fromkeys(re.findall(r"{(\w+)}", text))]
        keys = dict.fromkeys([*evidence, *(key for slot in used for key in slot.evidence)])
        said = text.format(
            **{
                name: slot.label.zh if self.lang == "zh" else slot.label.en
                for name, slot in self.slots.items()
            }
        )
        return TalkingPoint(
            rule=rule,
            topic=topic,
            code=str(code),
            text=said[:1].upper() + said[1:],
            evidence=[Evidence(kind=kind, id=id_) for kind, id_ in keys],
        )
