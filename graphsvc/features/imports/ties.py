"""Ties tables: who is tied to whom, by the relation a row names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import orjson

from graphsvc.features.imports import relations
from graphsvc.features.imports.batch import Batch, Draft, Place
from graphsvc.features.imports.directory import Directory
from graphsvc.features.imports.forms import Cells, Sheet, counted
from graphsvc.features.imports.lines import Lines
from graphsvc.features.imports.people import VALID_ID
from graphsvc.features.imports.relations import Relation
from graphsvc.features.imports.values import count, day, known_words, number, word
from models.enums import Basis, EdgeKind, NodeKind
from models.faults import Code, InvalidInput
from models.fields import Label
from models.records import Body


@dataclass(slots=True)
class _Mail:
    place: Place
    count: int = 0
    first: list[date] = field(default_factory=list)
    last: list[date] = field(default_factory=list)


class TiesReader:
    """Reads ties tables into a batch. Call `read` for each, then `finish`: mail of two people adds up."""

    def __init__(self, batch: Batch, directory: Directory, lines: Lines) -> None:
        self._batch = batch
        self._directory = directory
        self._lines = lines
        self._mail: dict[tuple[str, str, str | None], _Mail] = {}
        self._seen: set[str] = set()
        self._twice = 0
        self._known: dict[str, Relation] = {}
        self._used = Counter[str]()

    def read(self, sheet: Sheet) -> None:
        """The ties of a table."""
        for place, cells in sheet.rows():
            try:
                self._row(place, cells)
            except InvalidInput as error:
                self._batch.refuse(error)

    def finish(self) -> None:
        """Put the message ties and say what the relations became."""
        for (source, target, given), mail in self._mail.items():
            id_ = given or self._batch.edge_id(EdgeKind.MESSAGES, source, target, "ties")
            body: Body = {"id": id_, "source_id": source, "target_id": target, "count": mail.count}
            if mail.first:
                body["first"] = min(mail.first).isoformat()
            if mail.last:
                body["last"] = max(mail.last).isoformat()
            self._batch.put(Draft(EdgeKind.MESSAGES, body, mail.place))
        for name, used in self._used.items():
            what = self._known[name].described()
            self._batch.note(
                f"{name} → {what.en} ({counted(used, 'row')})", f"{name} → {what.zh}（{used} 行）"
            )
        if self._twice:
            self._batch.note(
                f"{counted(self._twice, 'row says', 'rows say')} again what another row says; it counts once",
                f"{self._twice} 行与其他行重复，只计一次",
            )

    def _row(self, place: Place, cells: Cells) -> None:
        for name in ("source", "target"):
            if name not in cells:
                raise InvalidInput(place.missing(name))
        relation = self._relation(place, cells)
        source = self._contact(cells["source"], place, "source")
        target = self._contact(cells["target"], place, "target")
        if source == target:
            raise InvalidInput(place.fault(Code.SELF_TIE, "target", id=cells["target"]))
        if relation.reversed:
            source, target = target, source
        given = self._given(place, cells)
        if relation.kind is EdgeKind.MESSAGES:
            self._count((source, target, given.get("id")), place, cells)
        elif relation.kind is EdgeKind.REPORTS_TO:
            self._lines.add(source, target, relation.line, given, place, "target")
        else:
            self._tie(relation, source, target, {**given, **self._weighed(relation, place, cells)}, place)

    def _relation(self, place: Place, cells: Cells) -> Relation:
        options = self._batch.options
        name = cells.get("relation") or options.relation
        if name is None:
            known = relations.known_names(options.relations)
            raise InvalidInput(place.fault(Code.NO_RELATION, "relation", known=known))
        if name not in self._known:
            found = relations.find(name, options.relations)
            if found is None:
                known = relations.known_names(options.relations)
                raise InvalidInput(place.fault(Code.UNKNOWN_RELATION, "relation", name=name, known=known))
            self._known[name] = found
        self._used[name] += 1
        return self._known[name]

    def _contact(self, text: str, place: Place, name: str) -> str:
        person = self._directory.find(text, place, name)
        if person.kind is not NodeKind.CONTACT:
            detail = Label(
                f"{text} is one of our people; a ties table joins people of the account.",
                f"{text} 是我方人员；关系表只连接客户方人员。",
            )
            raise InvalidInput(place.fault(Code.INVALID_VALUE, name, detail=detail))
        return person.id

    def _given(self, place: Place, cells: Cells) -> Body:
        given: Body = {}
        if "edge_id" in cells:
            if not VALID_ID.fullmatch(cells["edge_id"]):
                raise place.unreadable("edge_id", cells["edge_id"], "a valid id", "有效的编号")
            given["id"] = cells["edge_id"]
        for name in ("since", "until"):
            if name in cells:
                found = day(cells[name])
                if found is None:
                    raise place.unreadable(name, cells[name], "a date", "日期")
                given[name] = found.isoformat()
        if "confidence" in cells:
            given["confidence"] = _number(place, cells, "confidence")
        if "note" in cells:
            given["note"] = cells["note"]
        return given

    def _weighed(self, relation: Relation, place: Place, cells: Cells) -> Body:
        body: Body = {}
        weight = _number(place, cells, "weight") if "weight" in cells else relation.weight
        if weight is not None:
            if not 0 <= weight <= 1:
                detail = Label(
                    f"A weight is a probability from 0 to 1, not {cells['weight']}.",
                    f"权重是 0 到 1 的概率，不能是 {cells['weight']}。",
                )
                raise InvalidInput(place.fault(Code.INVALID_VALUE, "weight", detail=detail))
            body["weight"] = weight
        basis = relation.basis
        if "basis" in cells:
            basis = word(Basis, cells["basis"])  # type: ignore[assignment]
            if basis is None:
                known = known_words(Basis)
                raise place.unreadable("basis", cells["basis"], f"one of {known}", f"可用值：{known}")
        if basis is not None:
            body["basis"] = basis
        if relation.kind is EdgeKind.INFLUENCES:
            return {**body, "stated": relation.stated}
        return {**body, "polarity": relation.polarity}

    def _tie(self, relation: Relation, source: str, target: str, fields: Body, place: Place) -> None:
        if relation.kind is EdgeKind.BOND and target < source and "id" not in fields:
            source, target = target, source
        # As text: bytes that orjson gives hold on to 4 KB each, and all rows are kept.
        row = orjson.dumps([relation.kind, source, target, fields], option=orjson.OPT_SORT_KEYS).decode()
        if row in self._seen:
            self._twice += 1
            return
        self._seen.add(row)
        more = (fields.get("basis", ""), fields.get("polarity", ""))
        id_ = fields.get("id") or self._batch.edge_id(relation.kind, source, target, *more)
        body = {**fields, "id": id_, "source_id": source, "target_id": target}
        self._batch.put(Draft(relation.kind, body, place))

    def _count(self, tie: tuple[str, str, str | None], place: Place, cells: Cells) -> None:
        sent = count(cells.get("weight", "1"))
        if sent is None:
            raise place.unreadable("weight", cells["weight"], "a number of messages", "消息数")
        mail = self._mail.setdefault(tie, _Mail(place))
        mail.count += sent
        for name, days in (("first", mail.first), ("last", mail.last)):
            if name in cells:
                found = day(cells[name])
                if found is None:
                    raise place.unreadable(name, cells[name], "a date", "日期")
                days.append(found)


def _number(place: Place, cells: Cells, name: str) -> float:
    value = number(cells[name])
    if value is None:
        raise place.unreadable(name, cells[name], "a number", "数字")
    return value
