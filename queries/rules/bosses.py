"""Parameters of probable bosses (docs/rules.md §22)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from models.enums import InteractionKind, Level
from models.fields import Unit
from queries.rules.base import Days, Factor, Few, Maybe, Positive, Probability, RuleTable


class BossRules(RuleTable):
    """Who is probably the boss of those whose boss nobody has entered (docs/rules.md §22)."""

    section: ClassVar[str] = "§22"

    own_unit: Factor = 6
    unit_above: Factor = 3
    further_up: Probability = 0.3
    """For each department further up."""
    levels: Mapping[int, Factor] = {-2: 0.01, -1: 0.02, 0: 0.2, 1: 4, 2: 1}
    """How many levels the boss is above, and factor."""
    head: Factor = 2
    function: Factor = 2
    leads: Factor = 2
    peers: Factor = 30
    colleagues: Factor = 6
    siblings: Factor = 6
    doubt: Positive = 1
    """So many more, whose boss is somebody else, are added to those whose boss is known."""
    dotted: Factor = 3
    sways: Factor = 4
    messages: Factor = 3
    meetings: Factor = 2
    together: tuple[InteractionKind, ...] = (
        InteractionKind.VISIT,
        InteractionKind.MEETING,
        InteractionKind.MEAL,
        InteractionKind.DEMO,
        InteractionKind.TRAINING,
        InteractionKind.EVENT,
    )
    """What counts as a meeting."""
    meeting_people: Annotated[int, Field(ge=2, le=100), Unit.PEOPLE] = 8
    """Larger meetings say nothing."""
    meeting_days: Days = 730
    nobody: Mapping[Level, Factor] = {Level.DECISION: 1, Level.MANAGEMENT: 0.2, Level.OPERATIONAL: 0.02}
    """Odds that nobody of the account is above, by level."""
    nobody_unknown: Factor = 0.2
    top: Factor = 20
    """Times 1 and so many times the part of all people who are below him."""
    somebody: Positive = 0.5
    """Odds of somebody whom nothing points to."""
    most_guesses: Few = 20
    """The largest k."""
    records: Few = 3
    """Records named for each reason."""
    propose: Probability = 0.5
    """First guesses of at least this share are proposed."""
    most_proposed: Maybe = 100
