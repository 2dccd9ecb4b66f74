"""People tables: contacts, their departments and jobs, whom they report to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from graphsvc.features.imports.batch import AccountRef, Batch, Draft, Place, stable_id
from graphsvc.features.imports.departments import Departments
from graphsvc.features.imports.directory import Directory, Person
from graphsvc.features.imports.forms import Cells, Sheet
from graphsvc.features.imports.lines import Lines
from graphsvc.features.imports.values import known_words, number, word
from models.enums import ChannelKind, ContactStatus, EdgeKind, Function, Level, Line, NodeKind, Rung, Term
from models.faults import Code, InvalidInput
from models.fields import Label
from models.names import latin_name
from models.records import Body

VALID_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_CHANNELS = {
    "email": ChannelKind.EMAIL,
    "phone": ChannelKind.PHONE,
    "mobile": ChannelKind.PHONE,
    "wechat": ChannelKind.WECHAT,
}
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_EMPTY = frozenset(["na", "n/a", "#n/a", "nan", "null"])


class PeopleReader:
    """Reads people tables into a batch. Call `read` for each, then `report` for each: a manager may
    stand in a later row."""

    def __init__(self, batch: Batch, directory: Directory, departments: Departments, lines: Lines) -> None:
        self._batch = batch
        self._directory = directory
        self._departments = departments
        self._lines = lines
        self._levels: Mapping[str, Level] | None = None
        self._latin: dict[str, str | None] = {}
        self._without_department = 0

    def read(self, sheet: Sheet) -> None:
        """The people of a table and their jobs."""
        self._levels = self._numbered_levels(sheet)
        self._without_department = 0
        for place, cells in _rows(sheet):
            try:
                self._person(place, cells)
            except InvalidInput as error:
                self._batch.refuse(error)
        if count := self._without_department:
            self._batch.note(
                f"{sheet.table.file}: {count} people with a seat but no department are put in one named "
                "after the account",
                f"{sheet.table.file}：{count} 人有职务但无部门，归入以客户命名的部门",
            )

    def report(self, sheet: Sheet) -> None:
        """The reporting lines of a table."""
        for place, cells in _rows(sheet):
            person = self._directory.own(cells.get("id") or cells.get("name") or "")
            manager = cells.get("manager_id")
            if person is None or manager is None or self._is_nobody(manager):
                continue
            try:
                boss = self._directory.find(manager, place, "manager_id")
                self._lines.add(person.id, boss.id, Line.SOLID, {}, place, "manager_id")
            except InvalidInput as error:
                self._batch.refuse(error)

    def read_end(self, place: Place, own: str) -> bool:
        """Somebody who is only known as the end of a tie; whether he is new."""
        if self._directory.own(own):
            return False
        self._person(Place(place.file, place.row), {"id": own})
        return True

    def _person(self, place: Place, cells: Cells) -> None:
        own = cells.get("id") or cells.get("name")
        if own is None:
            wanted = "id" if "id" in place.headers else "name"
            raise InvalidInput(place.missing(wanted))
        called = cells.get("account_name")
        account = self._batch.account_for(cells.get("account") or called, called, place)
        id_, body = self._identity(account, cells, own)
        before = self._directory.add_own(
            own, Person(NodeKind.CONTACT, id_, account.id, place), cells.get("name"), cells.get("email")
        )
        if before:
            row = before.place.row if before.place else 0
            raise InvalidInput(place.fault(Code.SAME_ID, "id" if "id" in cells else "name", id=own, row=row))
        self._batch.own_ids[id_] = own
        stored = self._batch.known.bodies.get((NodeKind.CONTACT, id_)) or {}
        for name in ("name", "latin_name"):
            if name in cells:
                body[name] = cells[name]
        if body.get("name", stored.get("name")) != stored.get("name") and "latin_name" not in body:
            body["latin_name"] = self._latin_name(body["name"])
        if "status" in cells:
            body["status"] = self._word(ContactStatus, cells, "status", place)
        if channels := _channels(cells, stored):
            body["channels"] = channels
        if body.get("external_ids"):
            body["external_ids"] = {**stored.get("external_ids", {}), **body["external_ids"]}
        self._batch.put(Draft(NodeKind.CONTACT, body, place, {"name": own}))
        self._job(id_, account, place, cells)

    def _latin_name(self, name: str) -> str | None:
        """The name in Latin letters, found out once for all who are called so."""
        if name not in self._latin:
            self._latin[name] = latin_name(name)
        return self._latin[name]

    def _is_nobody(self, manager: str) -> bool:
        """Whether a cell is what statistics programs write for an empty one (and nobody is called so)."""
        return manager.casefold() in _EMPTY and self._directory.own(manager) is None

    def _identity(self, account: AccountRef, cells: Cells, own: str) -> tuple[str, Body]:
        """A person's id: the file's own if it is valid, else a UUIDv5 of account and own id.

        Who has a name only is the stored contact of that name, if there is just one.
        """
        if "id" not in cells and (stored := self._directory.stored_named(account.id, own)):
            return stored, {"id": stored, "account_id": account.id}
        text = self._batch.options.id_prefix + own
        if VALID_ID.fullmatch(text):
            return text, {"id": text, "account_id": account.id}
        id_ = stable_id(NodeKind.CONTACT, account.id, text)
        body: Body = {"id": id_, "account_id": account.id}
        # Somebody known by name only has no id in the file; namesakes of two accounts must not collide.
        return id_, {**body, "external_ids": {"file": text}} if "id" in cells else body

    def _job(self, contact: str, account: AccountRef, place: Place, cells: Cells) -> None:
        seat = self._seat(cells, place)
        jobs = [job for job in self._batch.known.leaving(EdgeKind.WORKS_IN, contact) if "until" not in job]
        main = [job for job in jobs if job.get("primary", True)]
        if "department" in cells:
            department = self._departments.named(account, cells["department"], place)
            if "parent_department" in cells:
                parent = self._departments.named(
                    account, cells["parent_department"], place, "parent_department"
                )
                self._departments.put_under(department, parent, place)
            self._say_function(department, cells, seat, place)
        elif not seat:
            return
        elif main:
            department = main[0]["target_id"]
        else:
            department = self._departments.named(account, account.name, place)
            self._without_department += 1
        same = next((job for job in (*main, *jobs) if job["target_id"] == department), None)
        if same is None:
            seat = {**self._batch.closed(EdgeKind.WORKS_IN, main, place), **seat}
        id_ = same["id"] if same else self._batch.edge_id(EdgeKind.WORKS_IN, contact, department, reopen=True)
        ends = {"id": id_, "source_id": contact, "target_id": department}
        self._batch.put(Draft(EdgeKind.WORKS_IN, {**ends, **seat}, place))

    def _say_function(self, department: str, cells: Cells, seat: Body, place: Place) -> None:
        """What the department does: its own column, else the first function of somebody in it."""
        if "department_function" in cells:
            function = self._word(Function, cells, "department_function", place)
            if not self._departments.give_function(department, function):
                detail = Label(
                    f"An earlier row says another function of {cells['department']}.",
                    f"前面的行中 {cells['department']} 的职能与此不同。",
                )
                raise InvalidInput(place.fault(Code.INVALID_VALUE, "department_function", detail=detail))
            if seat.get("function") == function:
                del seat["function"]
        elif "function" in seat and self._departments.give_function(department, seat["function"]):
            del seat["function"]

    def _seat(self, cells: Cells, place: Place) -> Body:
        seat: Body = {}
        if "title" in cells:
            seat["title"] = cells["title"]
        if "rung" in cells:
            seat["rung"] = self._word(Rung, cells, "rung", place)
        if "function" in cells:
            seat["function"] = self._word(Function, cells, "function", place)
        if "level" in cells and self._levels is None:
            seat["level"] = self._word(Level, cells, "level", place)
        elif self._levels and "level" in cells:
            seat["level"] = self._levels[cells["level"]]
        return seat

    def _word(self, vocabulary: type[Term], cells: Cells, name: str, place: Place) -> Term:
        found = word(vocabulary, cells[name])
        if found is None:
            known = known_words(vocabulary)
            raise place.unreadable(name, cells[name], f"one of {known}", f"可用值：{known}")
        return found

    def _numbered_levels(self, sheet: Sheet) -> dict[str, Level] | None:
        """What the numbers of a level column mean (nothing unless --levels says so); None if it holds words.

        The end of the scale that is high is the decision layer, the low end operational, all between
        management.
        """
        texts = {cells["level"] for _, cells in sheet.rows() if "level" in cells}
        values = {text: number(text) for text in texts}
        if not texts or None in values.values():
            return None
        file, header, order = sheet.table.file, sheet.headers["level"], self._batch.options.levels
        scale = sorted({value for value in values.values() if value is not None})
        if order is None or len(scale) < 2:
            self._batch.note(
                f"{file}: column {header} holds numbers and is ignored; "
                "--levels low-first or high-first says what they mean",
                f"{file}：{header} 列为数字，已忽略；可用 --levels low-first 或 high-first 说明其含义",
            )
            return {}
        ends = (Level.OPERATIONAL, Level.DECISION)
        low, high = ends if order == "low-first" else ends[::-1]
        place = {scale[0]: low, scale[-1]: high}
        levels = {
            text: place.get(value, Level.MANAGEMENT) for text, value in values.items() if value is not None
        }
        shown = sorted(levels, key=lambda text: values[text] or 0)
        self._batch.note(
            f"{file}: {header} " + ", ".join(f"{text} = {levels[text].en.lower()}" for text in shown),
            f"{file}：{header} " + "，".join(f"{text} = {levels[text].zh}" for text in shown),
        )
        return levels


def _rows(sheet: Sheet) -> Iterator[tuple[Place, Cells]]:
    """The rows of a table, a name in two parts put together: 张 + 伟 is 张伟, Ann + Lee is Ann Lee."""
    for place, cells in sheet.rows():
        if "name" not in cells and ("last_name" in cells or "first_name" in cells):
            parts = [cells.get("first_name", ""), cells.get("last_name", "")]
            chinese = all(_CJK.search(part) for part in parts if part)
            yield place, {**cells, "name": "".join(parts[::-1]) if chinese else " ".join(parts).strip()}
        else:
            yield place, cells


def _channels(cells: Cells, stored: Body) -> Sequence[Body]:
    """A contact's ways to be reached: those known and the row's."""
    ways = [dict(way) for way in stored.get("channels", ())]
    for name, kind in _CHANNELS.items():
        way = {"kind": str(kind), "value": cells.get(name)}
        if way["value"] and way not in ways:
            ways.append(way)
    return ways
