"""What may be kept no longer: items of dossiers, personal fields of who left, old notes, old actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.describe import field_class
from models.enums import ContactStatus, EdgeKind, Kind, NodeKind
from models.kinds import spec_of
from models.privacy import FieldClass, RetentionRule
from models.records import Body

_NOTES = (NodeKind.INTERACTION, NodeKind.ASSESSMENT)


@dataclass(frozen=True, slots=True)
class Periods:
    """How many days things are kept; None: for ever. Items of dossiers have their own day.

    `personal`: personal fields of a contact after his last job ended. `notes`: words of interactions and
    questionnaires after they happened. `actions`: promises and next steps after they were done.
    """

    personal: int | None = None
    notes: int | None = None
    actions: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A record of which something is past its time: by which rule, in which fields, and what stays of it.

    Without `left` the whole record goes.
    """

    kind: Kind
    id: str
    rule: RetentionRule
    fields: tuple[str, ...]
    left: Body | None


def due(records: Iterable[tuple[Kind, Body]], periods: Periods, on: date) -> Iterator[Due]:
    """What is past its time on a day, in the order of the records of an account. O(records).

    Somebody who left without a day on which a job ended is left alone: since when is not known.
    """
    rows = list(records)
    ended = _last_days([body for kind, body in rows if kind is EdgeKind.WORKS_IN])
    for kind, body in rows:
        found = None
        if kind is NodeKind.DOSSIER:
            found = _changed(kind, body, unexpired(body, on), RetentionRule.DOSSIER)
        elif kind is NodeKind.CONTACT and body["status"] == ContactStatus.LEFT:
            if _before(ended.get(body["id"]), periods.personal, on):
                found = _changed(kind, body, _impersonal(kind, body), RetentionRule.PERSONAL)
        elif kind in _NOTES and _before(body["at"][:10], periods.notes, on):
            left = {name: value for name, value in body.items() if name != "note"}
            found = _changed(kind, body, left, RetentionRule.NOTES)
        elif kind is NodeKind.ACTION and _before(body.get("done_on"), periods.actions, on):
            found = Due(kind, body["id"], RetentionRule.ACTIONS, (), None)
        if found is not None:
            yield found


def unexpired(body: Body, on: date) -> Body:
    """A dossier without the items that are past their day.

    >>> pets = [{"expires_on": "2020-01-01"}, {"expires_on": "2030-01-01"}]
    >>> unexpired({"id": "x", "pets": pets}, date(2025, 1, 1))
    {'id': 'x', 'pets': [{'expires_on': '2030-01-01'}]}
    """
    found = {}
    for name, value in body.items():
        if isinstance(value, list):
            found[name] = [item for item in value if not is_past(item, on)]
        elif not is_past(value, on):
            found[name] = value
    return found


def is_past(item: Any, on: date) -> bool:
    """Whether an item may be kept until a day that is over: on the day itself it may."""
    return isinstance(item, Mapping) and str(item.get("expires_on", "9999")) < on.isoformat()


def _changed(kind: Kind, body: Body, left: Body, rule: RetentionRule) -> Due | None:
    fields = tuple(name for name in body if left.get(name) != body[name])
    return Due(kind, body["id"], rule, fields, left) if fields else None


def _impersonal(kind: Kind, body: Body) -> Body:
    """A contact without his personal fields; lists and maps are empty then."""
    fields = spec_of(kind).record.model_fields
    found = {}
    for name, value in body.items():
        if field_class(kind, name) is not FieldClass.PERSONAL or fields[name].is_required():
            found[name] = value
        elif isinstance(value, list | dict):
            found[name] = type(value)()
    return found


def _last_days(jobs: Iterable[Body]) -> dict[str, str]:
    """The day each contact's last job ended; none while one has no end."""
    days: dict[str, list[str]] = {}
    for job in jobs:
        days.setdefault(job["source_id"], []).append(job.get("until", ""))
    return {contact: max(ends) for contact, ends in days.items() if all(ends)}


def _before(day: str | None, days: int | None, on: date) -> bool:
    return day is not None and days is not None and day < (on - timedelta(days=days)).isoformat()
