"""How alike two people are: points by rule, in bits of odds (I. Fellegi and A. Sunter, JASA 1969)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp2, log2

from rapidfuzz.distance import OSA

from models.doubles import LikenessRule as R
from models.findings.duplicates import Likeness
from queries.duplicates.blocks import is_misspelt
from queries.duplicates.normal import is_pinyin
from queries.duplicates.persons import Person, Texts
from queries.numbers import significant
from queries.rules.duplicates import DuplicateRules

_BETWEEN = " / "
_EQUAL = frozenset([R.SAME_NAME, R.SHORT_NAME, R.SAME_SPELLING, R.HOMOPHONE])


Applied = tuple[R, str | None, float]
"""A rule that applies, what it rests on, and how many times its points count."""


@dataclass(frozen=True, slots=True)
class Namesakes:
    """How many people bear a name, and how many of them in each department."""

    everywhere: Counter[str]
    inside: Counter[tuple[str, str]]

    @classmethod
    def of(cls, people: Iterable[Person]) -> Namesakes:
        """The namesakes among people. O(people)."""
        everywhere, inside = Counter[str](), Counter[tuple[str, str]]()
        for person in people:
            for key in filter(None, (person.name.characters, person.name.spelling)):
                everywhere[key] += 1
                inside.update((key, unit) for unit in person.departments)
        return cls(everywhere, inside)

    def of_both(self, one: Person, other: Person) -> int:
        """How many bear the name of two people, themselves included; in the department they share, if any."""
        same = one.name.characters and one.name.characters == other.name.characters
        keys = [one.name.characters] if same else [one.name.spelling, other.name.spelling]
        if units := one.departments & other.departments:
            return min(max(self.inside[key, unit] for key in keys) for unit in units)
        return max(self.everywhere[key] for key in keys)


def likeness(one: Person, other: Person, namesakes: Namesakes, rules: DuplicateRules) -> list[Applied]:
    """Every rule that applies to two people. The same whichever comes first. O(length of the names)."""
    by_name = name_rule(one, other, rules)
    found: list[Applied] = [(by_name, _both(one.shown, other.shown), 1.0)]
    bearers = namesakes.of_both(one, other) if by_name in _EQUAL else 0
    if bearers > 2:
        found.append((R.COMMON_NAME, str(bearers), log2(bearers - 1)))
    found += _shared(one.emails, other.emails, R.SAME_EMAIL, R.OTHER_EMAIL)
    found += _shared(one.phones, other.phones, R.SAME_PHONE, R.OTHER_PHONE)
    found += _shared(one.wechats, other.wechats, R.SAME_WECHAT, R.OTHER_WECHAT)
    found += _shared(one.external_ids, other.external_ids, R.SAME_EXTERNAL_ID, None)
    if one.account_id == other.account_id:
        found += _shared(one.departments, other.departments, R.SAME_DEPARTMENT, R.OTHER_DEPARTMENT)
    return found


def score(applied: Iterable[Applied], rules: DuplicateRules) -> float:
    """The probability that points stand for: 1 / (1 + 2^−(prior + Σ points))."""
    return 1 / (1 + exp2(-(rules.prior + sum(factor * rules.points[rule] for rule, _, factor in applied))))


def reasons(applied: Iterable[Applied], rules: DuplicateRules) -> list[Likeness]:
    """Applied rules as they are published."""
    return [
        Likeness(rule=rule, value=value, points=significant(factor * rules.points[rule]))
        for rule, value, factor in applied
    ]


def _both(one: str, other: str) -> str:
    return one if one == other else _BETWEEN.join(sorted((one, other)))


def _shared(one: Texts, other: Texts, same: R, differs: R | None) -> tuple[Applied, ...]:
    """What two people have in common counts once; nothing in common counts where both have something."""
    if common := one & other:
        return ((same, min(common), 1.0),)
    if one and other and differs is not None:
        return ((differs, _both(min(one), min(other)), 1.0),)
    return ()


def name_rule(one: Person, other: Person, rules: DuplicateRules) -> R:
    """How two names compare; exactly one rule of names applies."""
    a, b = one.name, other.name
    if a.characters and b.characters:
        if a.characters == b.characters:
            return R.SHORT_NAME if len(a.characters) <= rules.short_characters else R.SAME_NAME
        if a.spelling == b.spelling:
            return R.HOMOPHONE
        near = OSA.normalized_similarity(a.characters, b.characters) >= rules.near_characters
        return R.NEAR_NAME if near else R.OTHER_NAME
    if common := set(a.spellings) & set(b.spellings) - {""}:
        if min(map(len, common)) < rules.long_spelling:
            return R.SHORT_NAME
        mixed = bool(a.characters or b.characters)
        return R.SAME_SPELLING if mixed or is_pinyin(a.spelling) else R.SAME_NAME
    if min(len(a.spelling), len(b.spelling)) >= rules.long_spelling and is_misspelt(a.spelling, b.spelling):
        return R.MISSPELT
    part = a.words & b.words
    near = OSA.normalized_similarity(a.spelling, b.spelling) >= rules.near_letters
    return R.NEAR_NAME if near or (len(part) > 1 and part in (a.words, b.words)) else R.OTHER_NAME
