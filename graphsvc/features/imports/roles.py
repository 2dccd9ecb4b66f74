"""Role tables: who plays which part in which deal, as CRM systems export them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graphsvc.features.imports.batch import Batch, Draft, Place, stable_id
from graphsvc.features.imports.directory import Directory, Person
from graphsvc.features.imports.forms import Cells, Sheet
from graphsvc.features.imports.headers import ROLE_WORDS
from graphsvc.features.imports.people import VALID_ID
from graphsvc.features.imports.values import known_words, word
from models.enums import BuyingRole, EdgeKind, NodeKind
from models.faults import Code, InvalidInput
from models.fields import Label

_BETWEEN = re.compile("[;；、|/]")


@dataclass(slots=True)
class _Part:
    place: Place
    roles: dict[str, None] = field(default_factory=dict)


class RolesReader:
    """Reads role tables into a batch. Call `read` for each, then `finish`: the roles of one person add up."""

    def __init__(self, batch: Batch, directory: Directory) -> None:
        self._batch = batch
        self._directory = directory
        self._parts: dict[tuple[str, str], _Part] = {}
        self._deals: dict[tuple[str, str], str] = {}
        for body in batch.known.of_kind(NodeKind.OPPORTUNITY):
            self._deals.setdefault((body["account_id"], body["name"].casefold()), body["id"])

    def read(self, sheet: Sheet) -> None:
        """The roles of a table."""
        for place, cells in sheet.rows():
            try:
                self._row(place, cells)
            except InvalidInput as error:
                self._batch.refuse(error)

    def finish(self) -> None:
        """Put each person's part in each deal, beside the roles that are there."""
        for (contact, deal), part in self._parts.items():
            plays = self._batch.known.leaving(EdgeKind.PLAYS, contact)
            stored = [body for body in plays if body["target_id"] == deal]
            known = stored[0].get("roles", []) if stored else []
            roles = list(dict.fromkeys([*known, *part.roles]))
            id_ = stored[0]["id"] if stored else self._batch.edge_id(EdgeKind.PLAYS, contact, deal)
            body = {"id": id_, "source_id": contact, "target_id": deal, "roles": roles}
            self._batch.put(Draft(EdgeKind.PLAYS, body, part.place))

    def _row(self, place: Place, cells: Cells) -> None:
        if "contact" not in cells:
            raise InvalidInput(place.missing("contact"))
        person = self._directory.find(cells["contact"], place, "contact")
        if person.kind is not NodeKind.CONTACT:
            detail = Label("This is one of our people.", "此人为我方人员。")
            raise InvalidInput(place.fault(Code.INVALID_VALUE, "contact", detail=detail))
        read = (self._role(text.strip(), place) for text in _BETWEEN.split(cells.get("role", "")))
        roles = [role for role in read if role]
        part = self._parts.setdefault((person.id, self._deal(person, place, cells)), _Part(place))
        part.roles.update(dict.fromkeys(roles))

    def _deal(self, person: Person, place: Place, cells: Cells) -> str:
        """The opportunity of a row: by id, then by name in the contact's account, else a new one."""
        text = cells.get("opportunity") or cells.get("opportunity_name")
        if text is None:
            raise InvalidInput(place.missing("opportunity"))
        name = cells.get("opportunity_name", text)
        account = str(person.account)
        if self._batch.has(NodeKind.OPPORTUNITY, text):
            return text
        for called in (text, name):
            if id_ := self._deals.get((account, called.casefold())):
                return id_
        given = "opportunity" in cells and VALID_ID.fullmatch(text)
        id_ = text if given else stable_id(NodeKind.OPPORTUNITY, account, text)
        self._deals[account, name.casefold()] = id_
        body = {"id": id_, "account_id": account, "name": name}
        self._batch.put(Draft(NodeKind.OPPORTUNITY, body, place))
        return id_

    def _role(self, text: str, place: Place) -> BuyingRole | None:
        if not text or text.casefold() in ROLE_WORDS:
            return ROLE_WORDS.get(text.casefold())
        found = word(BuyingRole, text)
        if not isinstance(found, BuyingRole):
            known = known_words(BuyingRole)
            raise place.unreadable("role", text, f"one of {known}", f"可用值：{known}")
        return found
