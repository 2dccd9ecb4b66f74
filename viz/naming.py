"""The words for what answers name by id: people with their seats, firms, and the records numbers rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from models.enums import EdgeKind, InteractionKind, Kind, NodeKind
from models.findings.base import Evidence
from models.findings.strength import Contribution
from models.graph import AccountGraph, NodeTable
from models.kinds import spec_of
from models.names import has_chinese
from queries.rules import Rules
from queries.strength.table import tie_strengths
from viz.labels import in_language, label, names, own_words
from viz.texts import texts
from viz.views.people import Roster, roster

_NAMED = (
    NodeKind.CONTACT,
    NodeKind.MEMBER,
    NodeKind.RIVAL,
    NodeKind.COMPETITOR,
    NodeKind.DEPARTMENT,
    NodeKind.OPPORTUNITY,
    NodeKind.PRODUCT,
)
_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_IN_BOTH = re.compile(r"[\u4e00-\u9fff]+ (?=[A-Z])")
"""A name in Chinese before the same in Latin letters, as in 东埠 Dongbu."""
_SPEAKING = ("name", "text", "summary")
"""Fields of a record that say what it is."""
_DATED = frozenset({NodeKind.INTERACTION, NodeKind.ASSESSMENT})
_ABOUT_PERSONS = (NodeKind.CONTACT, NodeKind.ASSESSMENT)
"""Records whose page or route is for those who may see what is personal."""
_INTERACTIONS: Mapping[str, InteractionKind] = {str(kind): kind for kind in InteractionKind}
_KINDS: Mapping[str, NodeKind | EdgeKind] = {str(kind): kind for kind in (*NodeKind, *EdgeKind)}


@dataclass(frozen=True, slots=True)
class Rest:
    """A record a number rests on: what kind it is, in words, where to read it, and its share."""

    kind: str
    text: str
    href: str
    points: float | None


class Names:
    """Names in the reader's language for the ids of one account on a day, in a purchase.

    `personal`: whether the reader may open records about persons.
    """

    def __init__(
        self,
        graph: AccountGraph,
        on: date,
        lang: str,
        rules: Rules,
        opportunity_id: str | None = None,
        personal: bool = True,
    ) -> None:
        self.graph, self.on, self.lang, self.personal = graph, on, lang, personal
        self._rules, self._deal = rules, opportunity_id
        self._rows: dict[EdgeKind, Mapping[str, int]] = {}

    @cached_property
    def people(self) -> Roster:
        """Everybody with seat, attitude and our best tie. O(people + ties)."""
        strengths = tie_strengths(self.graph, on=self.on, rules=self._rules)
        return roster(
            self.graph,
            on=self.on,
            ranking=None,
            strengths=strengths,
            lang=self.lang,
            opportunity_id=self._deal,
        )

    def person(self, contact_id: str) -> Mapping[str, Any]:
        """A contact as views show one."""
        return self.people.of(contact_id)

    def of(self, kind: NodeKind, id_: str) -> str:
        """The name of a record; of one that is not here, its id."""
        table = self.graph.nodes.get(kind)
        place = table.position.get(id_) if table else None
        if table is None or place is None:
            return id_
        given = self._text(table, place) or id_
        if "latin_name" in table.columns:
            return names(given, table.texts("latin_name")[place], self.lang)[0]
        return in_language(given, self.lang)

    def contact(self, id_: str) -> str:
        """A person of theirs."""
        return self.of(NodeKind.CONTACT, id_)

    def member(self, id_: str) -> str:
        """One of ours."""
        return self.of(NodeKind.MEMBER, id_)

    def rival(self, id_: str) -> str:
        """A competitor's person."""
        return self.of(NodeKind.RIVAL, id_)

    def deal(self, id_: str) -> str:
        """A purchase."""
        return self.of(NodeKind.OPPORTUNITY, id_)

    def told(self, sentence: str) -> str:
        """A sentence of an answer, its days, its names and what it quotes in the reader's language."""
        sentence = _ISO_DAY.sub(self._day, sentence)
        if not has_chinese(sentence):
            return sentence
        spelled = self._spelled.sub(lambda found: self._spellings[found.group()], sentence)
        if self.lang == "en":
            spelled = _IN_BOTH.sub("", spelled)
        return own_words(spelled, self.lang)

    def _day(self, found: re.Match[str]) -> str:
        try:
            return texts(self.lang).day(date.fromisoformat(found.group()))
        except ValueError:
            return found.group()

    def rest(self, item: Evidence | Contribution) -> Rest:
        """What a number rests on, in words."""
        kind = _KINDS.get(item.kind)
        if kind is None:
            return Rest(item.kind, item.id, "", item.points)
        text = self._tie(kind, item.id) if isinstance(kind, EdgeKind) else self.record(kind, item.id)
        return Rest(label(kind, self.lang), text, self._place(kind, item.id), item.points)

    def _place(self, kind: Kind, id_: str) -> str:
        """Where the reader finds a record; "" for what he may not open."""
        if kind is NodeKind.DOSSIER or (kind in _ABOUT_PERSONS and not self.personal):
            return ""
        if kind is NodeKind.CONTACT:
            return f"/accounts/{self.graph.account_id}/contacts/{id_}"
        return f"/api/v1/{spec_of(kind).plural}/{id_}"

    def act(self, kind: str) -> str:
        """What one of ours does to get closer: a kind of interaction, or a questionnaire."""
        known = _INTERACTIONS.get(kind) or _KINDS.get(kind)
        return label(known, self.lang) if known else kind

    def _tie(self, kind: EdgeKind, id_: str) -> str:
        table = self.graph.edges[kind]
        if kind not in self._rows:
            self._rows[kind] = {own: row for row, own in enumerate(table.ids)}
        row = self._rows[kind].get(id_)
        if row is None:
            return id_
        source_kind = table.spec.source
        if table.spec.more_sources:
            source_kind = table.source_kinds()[row]
        source = self.of(source_kind, self.graph.nodes[source_kind].ids[int(table.source[row])])
        target = self.of(table.spec.target, self.graph.nodes[table.spec.target].ids[int(table.target[row])])
        return f"{source} → {target}"

    def record(self, kind: NodeKind, id_: str) -> str:
        """What a record is called; of what has a day its day, and who took part."""
        table = self.graph.nodes.get(kind)
        place = table.position.get(id_) if table else None
        if kind not in _DATED or table is None or place is None:
            return self.of(kind, id_)
        columns = {column.name: column for column in table.spec.columns}

        def plain(name: str) -> Any:
            return columns[name].plain(table.columns[name][place : place + 1])[0]

        day = texts(self.lang).day(date.fromisoformat(str(plain("at"))[:10]))
        if kind is NodeKind.ASSESSMENT:
            return f"{day} · {self.member(plain('member_id'))}"
        people = map(self.contact, plain("contact_ids") or ())
        return " · ".join([day, label(_INTERACTIONS[plain("kind")], self.lang), *people])

    def _text(self, table: NodeTable, place: int) -> str | None:
        for name in _SPEAKING:
            if name in table.columns and (said := table.texts(name)[place]):
                return str(said)
        return None

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        """Every Chinese name of people, units, purchases, products, our cities, as it reads in the language.

        Also those that stay as they are: a longer one is no place for a shorter one that it begins with.
        """
        found = {}
        for kind in _NAMED:
            table = self.graph.nodes[kind]
            for id_, given in zip(table.ids, table.texts("name"), strict=True):
                for written in {given, in_language(given, "zh")}:
                    if len(written) > 1 and has_chinese(written):
                        found[written] = self.of(kind, id_)
        for city in filter(None, self.graph.nodes[NodeKind.MEMBER].texts("city")):
            if has_chinese(city):
                found.setdefault(city, in_language(city, self.lang))
        return found

    @cached_property
    def _spelled(self) -> re.Pattern[str]:
        longest_first = sorted(self._spellings, key=lambda name: (-len(name), name))
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
