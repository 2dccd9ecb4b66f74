"""Who is probably the boss of those whose boss nobody has entered."""

from __future__ import annotations

from datetime import date

from models.bosses import BossSign
from models.enums import EdgeKind, Line
from models.findings.base import Answer, Evidence, Finding


class BossGround(Finding):
    """One reason for a guess: a factor of its odds (below 1 it speaks against), `number` out of `of`.

    `number` and `of` are counts (colleagues, messages, meetings, people below), for `level` the levels
    apart; the evidence names the first of the records it rests on.
    """

    sign: BossSign
    factor: float
    number: int | None
    of: int | None
    evidence: list[Evidence]


class BossGuess(Finding):
    """A probable boss; without an id: nobody of the account is above. `share` is the part of all odds."""

    contact_id: str | None
    name: str | None
    share: float
    odds: float
    grounds: list[BossGround]


class Bossless(Finding):
    """Somebody without a solid reporting line, and who is probably his boss, the most probable first.

    `boss_id` is the first guess, none where that is nobody; `below` people report to him, directly or not.
    The shares of the guesses and `others`, somebody who is not named here, make 1.
    """

    contact_id: str
    name: str
    boss_id: str | None
    boss_name: str | None
    share: float
    below: int
    others: float
    guesses: list[BossGuess]


class ProposedLine(Finding):
    """A solid line as a change set holds it; `until` is the day before which the next known line begins."""

    source_id: str
    target_id: str
    line: Line
    since: date
    until: date | None
    confidence: float
    source: str


class ProposedPut(Finding):
    """One new line of a change set; the store gives it its id."""

    put: EdgeKind
    record: ProposedLine


class ProposedLines(Finding):
    """First guesses as a change set, to be sent to `POST /changesets` by whoever confirms them.

    Together with the lines that are known they close no circle.
    """

    reason: str
    changes: list[ProposedPut]


class ProbableBosses(Answer[Bossless]):
    """Everybody without a solid line, the surest guess first; `placed` others have one.

    `proposal` holds the first guesses that are sure enough, none where there are none. `circular` counts
    those left out of it because with surer ones they would close a circle. Nothing is stored.
    """

    placed: int
    proposal: ProposedLines | None
    circular: int
