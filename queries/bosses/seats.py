"""What speaks for a boss by where people sit: the same for all who sit at one level of one department."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.bosses import BossSign
from models.columns import NOT_SET, code_of
from models.enums import EdgeKind, Function, Level
from queries.bosses.organisation import Led, Organisation
from queries.rules.bosses import BossRules

__all__ = ["Ground", "Guess", "Records", "Seat", "Seats"]

Records = tuple[tuple[str, str], ...]
_NO_FUNCTION = (NOT_SET, code_of(Function.OTHER))


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for a guess: a factor of its odds, `number` out of `of`, and the records it rests on."""

    sign: BossSign
    factor: float
    number: int | None = None
    of: int | None = None
    records: Records = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """Somebody (None: nobody), the odds of his being the boss, and why: the odds are the factors' product."""

    boss: int | None
    odds: float
    grounds: tuple[Ground, ...]

    @classmethod
    def of(cls, boss: int | None, grounds: Iterable[Ground]) -> Guess:
        """The guess that rests on these grounds."""
        told = tuple(grounds)
        return cls(boss, math.prod(ground.factor for ground in told), told)

    def also(self, more: Sequence[Ground]) -> Guess:
        """The guess with more that speaks for it."""
        return Guess.of(self.boss, (*self.grounds, *more)) if more else self


@dataclass(frozen=True, slots=True)
class Seat:
    """Department, level and function of somebody; −1 where unknown."""

    unit: int
    level: int
    function: int


Bosses = Mapping[int, list[Led]]


class Seats:
    """The reasons that follow from the seat, made once for each seat."""

    def __init__(self, org: Organisation, rules: BossRules) -> None:
        self.org, self.rules = org, rules
        self._made = dict[Seat, Mapping[int, Guess]]()
        self._inside, self._beside = self._known_bosses()

    def seat(self, person: int) -> Seat:
        """Where somebody sits."""
        who = self.org.who
        return Seat(int(who.department[person]), int(who.level[person]), int(who.function[person]))

    def candidates(self, seat: Seat) -> Mapping[int, Guess]:
        """Who leads where a boss of this seat is looked for, and why: in the department and those above it.

        That is who sits at a higher level, heads the department alone or leads somebody there; and whoever
        leads people of the same department, wherever he sits.
        """
        if seat not in self._made:
            known = self._bosses_of(seat)
            pool = {boss for bosses in known.values() for boss in bosses}
            for unit in (seat.unit, *(self._above(seat))):
                pool |= {person for person in self.org.members.get(unit, ()) if self._leading(person, seat)}
            sums = {sign: sum(map(len, bosses.values())) for sign, bosses in known.items()}
            self._made[seat] = {
                boss: self.placed(boss, seat).also(tuple(self._leading_colleagues(boss, known, sums)))
                for boss in sorted(pool)
            }
        return self._made[seat]

    def placed(self, boss: int, seat: Seat) -> Guess:
        """The guess that somebody is the boss of this seat, by where he sits himself."""
        return Guess.of(boss, self._by_place(boss, seat))

    def _by_place(self, boss: int, seat: Seat) -> Iterator[Ground]:
        org, rules, who = self.org, self.rules, self.org.who
        unit, steps, job = int(who.department[boss]), self._above(seat), self._job(boss)
        if unit >= 0 and unit == seat.unit:
            yield Ground(BossSign.OWN_UNIT, rules.own_unit, records=job)
        elif unit in steps:
            factor = rules.unit_above * rules.further_up ** (steps[unit] - 1)
            yield Ground(BossSign.UNIT_ABOVE, factor, steps[unit], records=job)
        if seat.level != NOT_SET and who.level[boss] != NOT_SET:
            apart = int(who.level[boss]) - seat.level
            yield Ground(BossSign.LEVEL, rules.levels.get(apart, 1.0), apart, records=job)
        near = unit == seat.unit or unit in steps
        if unit >= 0 and near and org.head.get(unit) == boss:
            yield Ground(BossSign.HEAD, rules.head, records=job)
        if unit in steps and seat.function not in _NO_FUNCTION and who.function[boss] == seat.function:
            yield Ground(BossSign.FUNCTION, rules.function, records=job)
        if org.reports.get(boss):
            yield Ground(BossSign.LEADS, rules.leads, org.reports[boss])

    def _above(self, seat: Seat) -> Mapping[int, int]:
        return self.org.above[seat.unit] if seat.unit >= 0 else {}

    def _job(self, person: int) -> Records:
        row = int(self.org.who.job[person])
        return ((EdgeKind.WORKS_IN, self.org.day.edges[EdgeKind.WORKS_IN].ids[row]),) if row >= 0 else ()

    def _leading(self, person: int, seat: Seat) -> bool:
        """Whether somebody stands above a seat, or leads people."""
        level = int(self.org.who.level[person])
        higher = level > (seat.level if seat.level != NOT_SET else code_of(Level.OPERATIONAL))
        return higher or person in self.org.reports or self.org.head.get(seat.unit) == person

    def _known_bosses(
        self,
    ) -> tuple[dict[tuple[int, int], dict[int, list[Led]]], dict[tuple[object, int], dict[int, list[Led]]]]:
        """The known lines by (department, level) and boss; those into a department above by what lies
        above, level and boss."""
        inside = defaultdict[tuple[int, int], dict[int, list[Led]]](lambda: defaultdict(list))
        beside = defaultdict[tuple[object, int], dict[int, list[Led]]](lambda: defaultdict(list))
        for line in self.org.lines:
            seat = self.seat(line.report)
            if seat.unit >= 0:
                inside[seat.unit, seat.level][line.boss].append(line)
                if int(self.org.who.department[line.boss]) in self._above(seat):
                    beside[self._parent(seat), seat.level][line.boss].append(line)
        return inside, beside

    def _parent(self, seat: Seat) -> object:
        """What lies above a department: those of one parent are beside each other."""
        return tuple(sorted(self._above(seat).items()))

    def _bosses_of(self, seat: Seat) -> dict[BossSign, Bosses]:
        """To whom report those of the same department and level, the others there, those in units beside."""
        found: dict[BossSign, Bosses] = {}
        if seat.unit < 0:
            return found
        others = defaultdict[int, list[Led]](list)
        for level in (NOT_SET, *range(len(Level))):
            bosses = self._inside.get((seat.unit, level), {})
            if level == seat.level != NOT_SET:
                found[BossSign.PEERS] = bosses
                continue
            for boss, lines in bosses.items():
                others[boss] += lines
        found[BossSign.COLLEAGUES] = others
        if seat.level != NOT_SET:
            beside = self._beside.get((self._parent(seat), seat.level), {})
            elsewhere = {
                boss: [line for line in lines if self.org.who.department[line.report] != seat.unit]
                for boss, lines in beside.items()
            }
            found[BossSign.SIBLINGS] = {boss: lines for boss, lines in elsewhere.items() if lines}
        return found

    def _leading_colleagues(
        self, boss: int, known: Mapping[BossSign, Bosses], sums: Mapping[BossSign, int]
    ) -> Iterator[Ground]:
        weights = {
            BossSign.PEERS: self.rules.peers,
            BossSign.COLLEAGUES: self.rules.colleagues,
            BossSign.SIBLINGS: self.rules.siblings,
        }
        ids = self.org.day.edges[EdgeKind.REPORTS_TO].ids
        for sign, bosses in known.items():
            lines = bosses.get(boss, [])
            if lines:
                factor = 1 + weights[sign] * len(lines) / (sums[sign] + self.rules.doubt)
                rows = sorted(line.row for line in lines)[: self.rules.records]
                records = tuple((EdgeKind.REPORTS_TO, ids[row]) for row in rows)
                yield Ground(sign, factor, len(lines), sums[sign], records)
