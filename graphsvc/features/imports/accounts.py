"""Accounts tables: the accounts themselves, as CRM systems export them."""

from __future__ import annotations

import re

from graphsvc.features.imports.batch import Batch, Draft, Place
from graphsvc.features.imports.forms import Cells, Sheet
from graphsvc.features.imports.values import count
from models.enums import NodeKind
from models.faults import Code, InvalidInput
from models.records import Body

_THOUSANDS = re.compile(r"\d{1,3}([, ]\d{3})+")


class AccountsReader:
    """Reads accounts tables into a batch, before the people who belong to them."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._rows: dict[str, int | None] = {}

    def read(self, sheet: Sheet) -> None:
        """The accounts of a table."""
        for place, cells in sheet.rows():
            try:
                self._account(place, cells)
            except InvalidInput as error:
                self._batch.refuse(error)

    def _account(self, place: Place, cells: Cells) -> None:
        text = cells.get("id") or cells.get("name")
        if text is None:
            raise InvalidInput(place.missing("name"))
        account = self._batch.known.accounts[text]
        if account.id in self._rows:
            row = self._rows[account.id] or 0
            raise InvalidInput(place.fault(Code.SAME_ID, "id" if "id" in cells else "name", id=text, row=row))
        self._rows[account.id] = place.row
        body: Body = {"id": account.id}
        body |= {name: cells[name] for name in ("name", "industry", "region") if name in cells}
        if "employees" in cells:
            body["employees"] = _count(place, cells["employees"])
        self._batch.accounts[account.id] = account
        self._batch.put(Draft(NodeKind.ACCOUNT, body, place, {"name": account.name}))


def _count(place: Place, text: str) -> int:
    found = count(re.sub("[, ]", "", text) if _THOUSANDS.fullmatch(text) else text)
    if found is None:
        raise place.unreadable("employees", text, "a number of people", "人数")
    return found
