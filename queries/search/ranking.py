"""Which of the candidates an engine gives are meant, and in what order: ours, so that all stores agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cached_property

from rapidfuzz.distance import OSA

from models.enums import NodeKind
from models.findings.base import Finding
from models.names import has_chinese
from queries.search.asked import Asked, may_be_mistyped
from queries.search.candidates import Candidate
from queries.search.forms import Forms, folded, forms_of, squeezed
from queries.search.texts import NAMED, Role, Said, digits_of, is_phone, numbers_of, texts_of

_PLACE = {str(kind): place for place, kind in enumerate(NAMED)}
ALIKE = 0.9
"""How near Chinese characters are that are read the same, where 1 is the same text."""


class Match(IntEnum):
    """How a record matches, best first: the value is its score. Alike ones score up to `NEARLY`."""

    NAME = 100
    KEY = 95
    NAME_BEGINS = 90
    SPELLING = 80
    SPELLING_BEGINS = 75
    INITIALS = 70
    INITIALS_BEGIN = 65
    IN_NAME = 60
    ADDRESS_BEGINS = 50
    WORK = 45
    IN_WORK = 40
    NEARLY = 30


class Matched(Finding):
    """The text of a record that matches best, and its field; a job's title and department are a contact's."""

    field: str
    text: str


class Found(Finding):
    """A record that is found. `score` 0–100 says how it matches (`Match`)."""

    kind: str
    id: str
    name: str
    account_id: str | None
    account_name: str | None
    title: str | None
    department: str | None
    matched: Matched
    score: float


def ranked(query: Asked, candidates: Iterable[Candidate]) -> list[Found]:
    """The candidates that match, best first; equally good ones by kind, name, id. O(candidates · texts)."""
    found = []
    for candidate in candidates:
        best = _match(query, candidate)
        if best is not None:
            found.append(_found(candidate, *best))
    return sorted(found, key=order)


def matches(query: Asked, candidate: Candidate) -> bool:
    """Whether a candidate is meant. O(texts)."""
    return _match(query, candidate) is not None


def order(found: Found) -> tuple[float, int, str, str]:
    """The place of a record among those found."""
    return (-found.score, _PLACE[found.kind], found.name, found.id)


def _found(candidate: Candidate, score: float, said: Said) -> Found:
    stored = candidate.stored
    job = candidate.jobs[0] if candidate.jobs else None
    return Found(
        kind=str(stored.kind),
        id=stored.id,
        name=stored.body["name"],
        account_id=stored.account,
        account_name=candidate.account_name,
        title=job.title if job else stored.body.get("title"),
        department=job.department if job else None,
        matched=Matched(field=said.field, text=said.text),
        score=score,
    )


class _Text:
    """A text of a candidate with its forms, made when they are first wanted."""

    def __init__(self, said: Said) -> None:
        self.said = said

    @cached_property
    def forms(self) -> Forms:
        return forms_of(self.said.text, self.said.person)

    def whole(self, query: str) -> Match | None:
        """How all of the query matches the text."""
        said = self.said
        if said.role in (Role.KEY, Role.ADDRESS):
            return Match.KEY if query and query in self._wholes() else None
        if said.role is Role.WORK:
            return Match.WORK if query in (*self.forms.written[:1], *self.forms.wholes) else None
        named = said.field != "latin_name" and self.forms.written[:1]
        kinds = (
            (Match.NAME, Match.NAME_BEGINS, named or ()),
            (Match.SPELLING, Match.SPELLING_BEGINS, self.forms.wholes),
            (Match.INITIALS, Match.INITIALS_BEGIN, self.forms.initials if len(query) > 1 else ()),
        )
        matches = [whole for whole, _, forms in kinds if query in forms]
        matches += [begins for _, begins, forms in kinds if any(form.startswith(query) for form in forms)]
        return max(matches, default=None)

    def _wholes(self) -> tuple[str, ...]:
        if not is_phone(self.said):
            return (squeezed(self.said.text),)
        return numbers_of(digits_of(self.said.text))

    def word(self, word: str) -> Match | None:
        """How the text holds something that begins with a word."""
        said, forms = self.said, self.forms
        if said.role is Role.KEY:
            return None
        if said.role is Role.ADDRESS:
            texts = self._wholes() if is_phone(said) else (folded(said.text).strip(),)
            return Match.ADDRESS_BEGINS if any(text.startswith(word) for text in texts) else None
        if any(form.startswith(word) for form in (*forms.written, *forms.spelled, *forms.initials)):
            return Match.IN_NAME if said.role is Role.NAME else Match.IN_WORK
        return None

    def likeness(self, word: str) -> float:
        """How near the nearest thing in the text is to a word, 0–1: one letter wrong, or the same sound."""
        if self.said.role in (Role.KEY, Role.ADDRESS):
            return 0.0
        if has_chinese(word):
            sounds = forms_of(word, person=True).wholes
            return (
                ALIKE
                if any(form.startswith(sound) for form in self.forms.spelled for sound in sounds)
                else 0.0
            )
        if not may_be_mistyped(word):
            return 0.0
        near = [form for form in (*self.forms.words, *self.forms.spelled) if abs(len(form) - len(word)) < 2]
        close = [form for form in near if OSA.distance(word, form, score_cutoff=1) <= 1]
        return max((OSA.normalized_similarity(word, form) for form in close), default=0.0)


def _match(query: Asked, candidate: Candidate) -> tuple[float, Said] | None:
    """The score of a candidate and the text that tells most about it; None if it does not match."""
    texts = [_Text(said) for said in _texts(candidate)]
    wholes = [(match, text.said) for text in texts if (match := text.whole(query.whole)) is not None]
    if wholes:
        best = max(wholes, key=lambda pair: pair[0])
        return float(best[0]), best[1]
    weakest: tuple[float, Said] | None = None
    nearness = []
    for word in query.words:
        of_word = _of_word(word, texts)
        if of_word is None:
            return None
        nearness.append(min(of_word[0], 1.0))
        if weakest is None or of_word[0] < weakest[0]:
            weakest = of_word
    assert weakest is not None
    if weakest[0] <= 1:
        return round(Match.NEARLY * sum(nearness) / len(nearness), 3), weakest[1]
    return weakest


def _of_word(word: str, texts: list[_Text]) -> tuple[float, Said] | None:
    """The best a word comes to, with its text: the score of a match, else a likeness up to 1."""
    matches = [(float(match), text.said) for text in texts if (match := text.word(word)) is not None]
    if not matches:
        matches = [(likeness, text.said) for text in texts if (likeness := text.likeness(word))]
    return max(matches, key=lambda pair: pair[0], default=None)


def _texts(candidate: Candidate) -> Iterator[Said]:
    yield from texts_of(candidate.stored.kind, candidate.stored.body)
    if candidate.stored.kind is NodeKind.CONTACT:
        for job in candidate.jobs:
            if job.title:
                yield Said("title", job.title, Role.WORK)
            yield Said("department", job.department, Role.WORK)
