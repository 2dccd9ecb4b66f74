"""Which pairs of people are worth comparing: those that share a block, never all pairs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import OSA

from queries.duplicates.normal import is_pinyin
from queries.duplicates.persons import Person
from queries.rules.duplicates import DuplicateRules

Finer = Callable[[Person], Hashable]
_FINER: tuple[Finer, ...] = (
    lambda person: person.name.spelling,
    lambda person: min(person.departments, default=""),
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of places in a list of people, the smaller first and sorted; how many blocks were split."""

    pairs: list[tuple[int, int]]
    split: int


def candidates(people: Sequence[Person], rules: DuplicateRules) -> Candidates:
    """The pairs that share an e-mail, a number, an id elsewhere or a name, or whose names are a letter apart.

    A block of more than `block_people` is split by name, then by department; what is still larger is
    compared with the next `window` people by id alone. O(people · (length of a name + block_people)).
    """
    found: set[tuple[int, int]] = set()
    split = 0
    blocks: dict[Hashable, list[int]] = {}
    for place, person in enumerate(people):
        for key in _keys(person):
            blocks.setdefault(key, []).append(place)
    shared = [(block, _FINER) for block in blocks.values() if len(block) > 1]
    for block, finer in (*shared, *_misspelt(people, rules)):
        split += len(block) > rules.block_people
        found.update(_pairs(block, people, rules, finer))
    return Candidates(sorted(found), split)


def _keys(person: Person) -> Iterator[tuple[str, str]]:
    yield from (("email", value) for value in person.emails)
    yield from (("phone", value) for value in person.phones)
    yield from (("wechat", value) for value in person.wechats)
    yield from (("external id", value) for value in person.external_ids)
    yield from (("spelling", value) for value in person.name.spellings if value)
    if person.name.characters:
        yield ("characters", person.name.characters)


def _pairs(
    block: Sequence[int], people: Sequence[Person], rules: DuplicateRules, finer: Sequence[Finer]
) -> Iterator[tuple[int, int]]:
    if len(block) <= rules.block_people:
        yield from combinations(block, 2)
    elif finer:
        parts: dict[Hashable, list[int]] = {}
        for place in block:
            parts.setdefault(finer[0](people[place]), []).append(place)
        for part in parts.values():
            yield from _pairs(part, people, rules, finer[1:])
    else:
        for start, place in enumerate(block):
            yield from ((place, other) for other in block[start + 1 : start + 1 + rules.window])


def _misspelt(people: Sequence[Person], rules: DuplicateRules) -> Iterator[tuple[list[int], Sequence[Finer]]]:
    """A block for each two long spellings a letter apart, of all who write themselves in one of the two.

    Strings one edit apart have a string in common once a letter is taken away from either
    (M. Mor and A. Fraenkel, A hash code method for detecting and correcting spelling errors, CACM 1982).
    """
    holders: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        if len(person.name.spelling) >= rules.long_spelling:
            holders.setdefault(person.name.spelling, []).append(place)
    shortened: dict[str, list[str]] = {}
    for spelling in holders:
        for key in dict.fromkeys(_without_a_letter(spelling)):
            shortened.setdefault(key, []).append(spelling)
    apart = {
        pair
        for spellings in shortened.values()
        if len(spellings) > 1
        for pair in combinations(sorted(spellings), 2)
        if is_misspelt(*pair)
    }
    for one, other in sorted(apart):
        yield sorted([*holders[one], *holders[other]]), _FINER[1:]


def _without_a_letter(spelling: str) -> Iterable[str]:
    yield spelling
    for place in range(len(spelling)):
        yield spelling[:place] + spelling[place + 1 :]


def is_misspelt(one: str, other: str) -> bool:
    """Whether two spellings are one edit apart, and not both sound pinyin: those are two names."""
    return OSA.distance(one, other, score_cutoff=1) == 1 and not (is_pinyin(one) and is_pinyin(other))
