"""Message logs: interactions where our people take part, message ties between contacts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from graphsvc.features.imports.batch import Batch, Draft, Place, stable_id
from graphsvc.features.imports.directory import Directory, Person
from graphsvc.features.imports.forms import Cells, Sheet
from graphsvc.features.imports.values import count, known_words, moment, unix, word
from models.columns import SECONDS_A_DAY
from models.enums import Direction, EdgeKind, InteractionKind, NodeKind
from models.faults import InvalidInput


@dataclass(frozen=True, slots=True)
class _Sent:
    """One message to one person, as a row gives it."""

    place: Place
    source: Person
    target: Person
    time: int
    kind: InteractionKind
    recipients: int
    message: str | None


@dataclass(slots=True)
class _Touch:
    """One message between us and them: everybody who got it."""

    sent: _Sent
    members: dict[str, None] = field(default_factory=dict)
    contacts: dict[str, None] = field(default_factory=dict)


class MessagesReader:
    """Reads message logs into a batch. Call `read` for each, then `finish`."""

    def __init__(self, batch: Batch, directory: Directory) -> None:
        self._batch = batch
        self._directory = directory
        self._touches: dict[tuple[object, ...], _Touch] = {}
        self._ties: dict[tuple[str, str], list[_Sent]] = defaultdict(list)
        self._seen: set[tuple[str, str, str]] = set()
        self._left_out = {"later": 0, "oneself": 0, "ours": 0, "twice": 0}

    def read(self, sheet: Sheet) -> None:
        """The messages of a table."""
        for place, cells in sheet.rows():
            try:
                self._row(place, cells)
            except InvalidInput as error:
                self._batch.refuse(error)

    def finish(self) -> None:
        """Put the interactions and the message ties, and say what was left out."""
        for key, touch in self._touches.items():
            self._put_interaction(key, touch)
        for (source, target), sent in self._ties.items():
            self._put_tie(source, target, sent)
        for name, (en, zh) in _LEFT_OUT.items():
            if count := self._left_out[name]:
                self._batch.note(f"{count} messages {en}", f"{count} 条消息{zh}")

    def _row(self, place: Place, cells: Cells) -> None:
        sent = self._sent(place, cells)
        until = self._batch.options.until
        if until is not None and sent.time > until.timestamp():
            self._left_out["later"] += 1
        elif sent.source.id == sent.target.id:
            self._left_out["oneself"] += 1
        elif sent.message and (key := (sent.message, sent.source.id, sent.target.id)) in self._seen:
            self._left_out["twice"] += 1
        else:
            if sent.message:
                self._seen.add(key)
            self._take(sent)

    def _take(self, sent: _Sent) -> None:
        ours = [person.kind is NodeKind.MEMBER for person in (sent.source, sent.target)]
        if all(ours):
            self._left_out["ours"] += 1
            return
        if not any(ours):
            self._ties[sent.source.id, sent.target.id].append(sent)
            return
        contact = sent.target if ours[0] else sent.source
        key = (contact.account, sent.message or (sent.source.id, sent.time), sent.kind, ours[0])
        touch = self._touches.setdefault(key, _Touch(sent))
        touch.members[(sent.source if ours[0] else sent.target).id] = None
        touch.contacts[contact.id] = None

    def _put_interaction(self, key: tuple[object, ...], touch: _Touch) -> None:
        sent = touch.sent
        ours = sent.source.kind is NodeKind.MEMBER
        body = {
            "id": stable_id(NodeKind.INTERACTION, *key, sent.source.id, sent.time),
            "account_id": (sent.target if ours else sent.source).account,
            "at": datetime.fromtimestamp(sent.time, UTC).isoformat(),
            "kind": sent.kind,
            "direction": Direction.OURS if ours else Direction.THEIRS,
            "member_ids": sorted(touch.members),
            "contact_ids": sorted(touch.contacts),
        }
        self._batch.put(Draft(NodeKind.INTERACTION, body, sent.place))

    def _put_tie(self, source: str, target: str, sent: list[_Sent]) -> None:
        events = sorted((one.time, one.recipients) for one in sent)
        days = [datetime.fromtimestamp(time, UTC).date().isoformat() for time, _ in (events[0], events[-1])]
        body = {
            "id": self._batch.edge_id(EdgeKind.MESSAGES, source, target, "log"),
            "source_id": source,
            "target_id": target,
            "count": len(events),
            "active_days": len({time // SECONDS_A_DAY for time, _ in events}),
            "first": days[0],
            "last": days[1],
            "events": [list(event) for event in events],
        }
        self._batch.put(Draft(EdgeKind.MESSAGES, body, sent[0].place))

    def _sent(self, place: Place, cells: Cells) -> _Sent:
        for name in ("source", "target"):
            if name not in cells:
                raise InvalidInput(place.missing(name))
        source, target = (self._directory.find(cells[name], place, name) for name in ("source", "target"))
        name = "unix_time" if "unix_time" in cells else "time"
        text = cells.get(name)
        if text is None:
            raise InvalidInput(place.missing(name))
        at = unix(text) if name == "unix_time" else moment(text) or unix(text)
        if at is None:
            raise place.unreadable(name, text, "a time", "时间")
        kind = InteractionKind.EMAIL
        if "kind" in cells:
            found = word(InteractionKind, cells["kind"])
            if not isinstance(found, InteractionKind):
                known = known_words(InteractionKind)
                raise place.unreadable("kind", cells["kind"], f"one of {known}", f"可用值：{known}")
            kind = found
        recipients = count(cells.get("recipients", "1"), 1)
        if recipients is None:
            raise place.unreadable("recipients", cells["recipients"], "a number of people", "人数")
        message = cells.get("message_id")
        return _Sent(place, source, target, int(at.timestamp()), kind, recipients, message)


_LEFT_OUT = {
    "later": ("are later than asked for and left out", "晚于所问时间，未计入"),
    "oneself": ("went to their own sender and are left out", "发给本人，未计入"),
    "ours": ("went between our own people and are left out", "为我方内部消息，未计入"),
    "twice": ("stand twice and count once", "重复，只计一次"),
}
