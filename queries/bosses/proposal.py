"""First guesses as a change set that somebody may confirm: with what is known they close no circle."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.enums import EdgeKind, Line
from models.findings.bosses import ProposedLine, ProposedLines, ProposedPut
from queries.bosses.organisation import Organisation, below
from queries.numbers import significant
from queries.rules.bosses import BossRules

__all__ = ["proposed"]

_REASON = {"en": "Probable bosses, confirmed", "zh": "推测的上级，已确认"}
_SOURCE = {"en": "Guessed by graphsvc", "zh": "graphsvc 推测"}


def proposed(
    org: Organisation,
    firsts: Iterable[tuple[int, int | None, float]],
    on: date,
    rules: BossRules,
    lang: str,
) -> tuple[ProposedLines | None, int]:
    """The lines to propose of first guesses (person, boss, share), the surest first; how many are circular.

    Each holds from `on` until the next line of its person begins. O(lines proposed · people below).
    """
    under = {boss: list(reports) for boss, reports in org.under.items()}
    ids, changes, circular = org.day.contacts.ids, list[ProposedPut](), 0
    for person, boss, share in firsts:
        if boss is None or share < rules.propose or len(changes) >= rules.most_proposed:
            continue
        if boss in below(person, under):
            circular += 1
            continue
        under.setdefault(boss, []).append(person)
        line = ProposedLine(
            source_id=ids[person],
            target_id=ids[boss],
            line=Line.SOLID,
            since=on,
            until=org.next_line.get(person),
            confidence=significant(share),
            source=_SOURCE[lang],
        )
        changes.append(ProposedPut(put=EdgeKind.REPORTS_TO, record=line))
    return (ProposedLines(reason=_REASON[lang], changes=changes) if changes else None), circular
