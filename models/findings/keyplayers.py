"""Sets of key players."""

from __future__ import annotations

from models.enums import Category
from models.findings.base import Answer, Finding


class Seat(Finding):
    """One person of a set, in the order in which they add most.

    `gain` is what he adds to the joint proximity of those before him, `alone` his own; `nearest` how many
    people nobody of the set is nearer to than he (of equals the first of the set).
    """

    rank: int
    contact_id: str
    name: str
    category: Category | None
    gain: float
    alone: float
    nearest: int


class SmallestSet(Answer[Seat]):
    """The fewest people who together are near most of the account.

    `proximity` is their joint one, 0–1, to be held against `goal`; `exact` says that no smaller and no
    better set exists; `at_least` is which part of the best set's proximity this one has for certain.
    In a large account people are chosen, and `at_least` told, by how near they are to drawn ones: 95 % of
    draws lie within `error` (0: everybody was looked at). `out_of_reach` are people to whom no way leads from
    anybody in the set.
    """

    goal: float
    proximity: float
    passed: bool
    exact: bool
    at_least: float
    error: float
    out_of_reach: int
