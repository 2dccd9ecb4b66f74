"""What passed between us and Jichuan in 18 months: meetings, calls, complaints, questionnaires, ties."""

from __future__ import annotations

from itertools import cycle

from .contacts import CLOSENESS, EVENTS, QUESTIONNAIRES, SERIES, Series
from .document import Document, day, moment
from .notes import NOTES
from .people import ACCOUNT

QUESTIONS = [f"{half}{number}" for half in "PI" for number in range(1, 7)]
MINUTES = {"visit": 75, "meeting": 60, "meal": 90, "demo": 120, "training": 180, "event": 150, "call": 15}
WRITTEN = {"message", "email", "call"}


def tell(story: Document) -> None:
    """Add interactions, questionnaires, and a tie for every two who ever met."""
    first: dict[tuple[str, str], int] = {}
    for series in SERIES:
        tell_series(story, series, ACCOUNT)
        _meet(first, series.members, series.contacts, series.first)
    for ago, kind, members, contacts, fields in EVENTS:
        tell_event(story, ACCOUNT, ago, kind, members.split(), contacts.split(), **fields)
        _meet(first, members, contacts, ago)
    for member, contact, ago, answers in QUESTIONNAIRES:
        tell_questionnaire(story, ACCOUNT, member, contact, ago, answers)
        _meet(first, member, contact, ago)
    for (member, contact), ago in first.items():
        tell_tie(story, member, contact, ago, **CLOSENESS.get((member, contact), {}))


def _meet(first: dict[tuple[str, str], int], members: str, contacts: str, ago: int) -> None:
    for member in members.split():
        for contact in contacts.split():
            first[member, contact] = max(ago, first.get((member, contact), 0))


def tell_series(story: Document, series: Series, account: str) -> None:
    """Add interactions at even distances, kinds, moods and notes taken in turn."""
    notes, sides = NOTES[series.topic], cycle(("ours", "theirs"))
    for place, ago in enumerate(range(series.first, series.last - 1, -series.every)):
        kind = series.kinds[place % len(series.kinds)]
        direction = next(sides) if kind in WRITTEN else "mutual"
        tell_event(
            story,
            account,
            ago,
            kind,
            series.members.split(),
            series.contacts.split(),
            direction=direction,
            sentiment=series.moods[place % len(series.moods)],
            opportunity_id=series.opportunity,
            note=notes[place % len(notes)],
        )


def tell_event(
    story: Document,
    account: str,
    ago: int,
    kind: str,
    members: list[str],
    contacts: list[str],
    **fields: object,
) -> None:
    """Add one interaction."""
    clock = f"{1 + ago * 7 % 9:02d}:{ago * 15 % 60:02d}"
    story.node(
        "interaction",
        f"{contacts[0]}.{members[0]}.{ago}.{kind}",
        account_id=account,
        at=moment(ago, clock),
        kind=kind,
        minutes=MINUTES.get(kind),
        member_ids=members,
        contact_ids=contacts,
        **fields,
    )


def tell_questionnaire(
    story: Document, account: str, member: str, contact: str, ago: int, answers: str
) -> None:
    """Add a questionnaire; its answers are twelve digits, P1–P6 and I1–I6."""
    digits = [int(digit) for digit in answers if digit.isdigit()]
    story.node(
        "assessment",
        f"{contact}.{member}.{ago}",
        account_id=account,
        at=moment(ago, "09:00"),
        member_id=member,
        contact_id=contact,
        answers=dict(zip(QUESTIONS, digits, strict=True)),
    )


def tell_tie(story: Document, member: str, contact: str, first: int, **fields: object) -> None:
    """Add that one of ours knows somebody since a day."""
    story.edge("knows", member, contact, since=day(first), confidence=0.9, **fields)
