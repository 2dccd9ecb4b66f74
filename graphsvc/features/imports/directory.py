"""Who is meant by an id, a name or an e-mail address in a file."""

from __future__ import annotations

from collections import defaultdict

from graphsvc.features.imports.batch import Known, Place
from models.enums import ChannelKind, NodeKind
from models.faults import Code, InvalidInput
from models.records import Body
from models.values import value


@value
class Person:
    """Somebody in the files or in the store; `account` is None for our people."""

    kind: NodeKind
    id: str
    account: str | None
    place: Place | None = None


class Directory:
    """Finds people by what files call them: the files' own ids first, then ids in the store, then names."""

    def __init__(self, known: Known, id_prefix: str = "") -> None:
        self._prefix = id_prefix
        self._own: dict[str, Person] = {}
        self._stored: dict[str, Person] = {}
        self._named: dict[str, dict[str, Person]] = defaultdict(dict)
        for kind in (NodeKind.MEMBER, NodeKind.CONTACT):
            for body in known.of_kind(kind):
                self.add_stored(kind, body)

    def add_stored(self, kind: NodeKind, body: Body) -> None:
        """Somebody of the store or of a graph document."""
        person = Person(kind, body["id"], body.get("account_id"))
        self._stored[person.id] = person
        if own := body.get("external_ids", {}).get("file"):
            self._stored.setdefault(own, person)
        addresses = [way["value"] for way in body.get("channels", ()) if way["kind"] == ChannelKind.EMAIL]
        self._name(person, body["name"], body.get("email"), *addresses)

    def add_own(self, own: str, person: Person, *names: str | None) -> Person | None:
        """Somebody of a people table; who has that own id already is given back instead."""
        if own in self._own:
            return self._own[own]
        self._own[own] = person
        self._name(person, *names)
        return None

    def own(self, own: str) -> Person | None:
        """Who has that own id in a people table."""
        return self._own.get(own)

    def stored_named(self, account: str, name: str) -> str | None:
        """The id of the only stored contact of an account with that name. O(namesakes)."""
        ids = [
            person.id
            for person in self._named.get(name.casefold(), {}).values()
            if person.account == account and self._stored.get(person.id) is person
        ]
        return ids[0] if len(ids) == 1 else None

    def find(self, text: str, place: Place, name: str) -> Person:
        """Who `text` in the field `name` means. Raises InvalidInput (unknown-person, ambiguous). O(1)."""
        person = self._own.get(text) or self._stored.get(self._prefix + text) or self._stored.get(text)
        if person:
            return person
        named = self._named.get(text.casefold(), {})
        if len(named) == 1:
            return next(iter(named.values()))
        if named:
            raise InvalidInput(place.fault(Code.AMBIGUOUS, name, name=text, ids=", ".join(sorted(named))))
        raise InvalidInput(place.fault(Code.UNKNOWN_PERSON, name, id=text))

    def _name(self, person: Person, *names: str | None) -> None:
        for name in names:
            if name:
                self._named[name.casefold()][person.id] = person
