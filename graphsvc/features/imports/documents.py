"""Graph documents: records as JSON, read and written so that nothing changes on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

import orjson
from pydantic import ValidationError

from graphsvc.features.imports.batch import AccountRef, Batch, Draft, Place, stable_id
from graphsvc.features.imports.directory import Directory
from graphsvc.features.imports.relative_dates import resolve
from graphsvc.features.imports.tables import Decoded
from graphsvc.strict_json import strict_json
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code, Fault, InvalidInput
from models.fields import Label, Unfit
from models.kinds import EDGE_SPECS, KINDS, NODE_SPECS, OPEN_KINDS, kind_named
from models.records import Body, body_of, read_record

FORMAT = "graphsvc/1"
_PARTS: dict[str, tuple[Kind, ...]] = {"nodes": tuple(NODE_SPECS), "edges": tuple(EDGE_SPECS)}
_ANNOUNCED, _END = "end_line", "end"
_PERSONS = (NodeKind.CONTACT, NodeKind.MEMBER)


def document_of(records: Iterable[tuple[Kind, Body]]) -> dict[str, Any]:
    """The graph document of records, by (kind, id), without empty lists and objects.

    `read_document` gives the same records. O(n log n).
    """
    order = {kind: place for place, kind in enumerate(KINDS)}
    rows = sorted(records, key=lambda record: (order[record[0]], record[1]["id"]))
    parts: dict[str, list[Body]] = {"nodes": [], "edges": []}
    for kind, body in rows:
        fields = {
            _own_kind(kind) if name == "kind" else name: value
            for name, value in body.items()
            if value not in ([], {})
        }
        parts["nodes" if kind in NODE_SPECS else "edges"].append({"kind": str(kind), **fields})
    return {"format": FORMAT, **parts}


def lines_of(document: Mapping[str, Any]) -> Iterator[bytes]:
    """The lines of a graph document as NDJSON: a head, one record a line, and an end that counts them.

    The head announces the end, so a file that was cut anywhere is refused by `read_document`. O(records).
    """
    yield orjson.dumps({"format": FORMAT, _ANNOUNCED: True}, option=orjson.OPT_APPEND_NEWLINE)
    count = 0
    for part in _PARTS:
        for record in document[part]:
            count += 1
            yield orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    yield orjson.dumps({_END: {"records": count}}, option=orjson.OPT_APPEND_NEWLINE)


def read_document(
    decoded: Decoded, batch: Batch, directory: Directory, left_out: Container[tuple[str, int | str]] = ()
) -> int:
    """Put the records of a graph document (JSON, or NDJSON with one record a line); how many there are.

    Every record is whole. Ids may be left out (then they are made from the content), dates may be relative
    to the day of loading ("today-30d", "today+2dT09:30"). Records that are `left_out` are not read. Raises
    InvalidInput if it is no such document.
    """
    alike: Counter[bytes] = Counter()
    count = 0
    for place, item, among in _items(decoded):
        if (place.file, place.row if place.row is not None else place.pointer) in left_out:
            continue
        count += 1
        try:
            kind, body = _record(item, among, place, batch.options.dossiers)
            if "id" not in body:
                body["id"] = _made_id(kind, body, batch, alike)
            resolve(kind, body, batch.options.today, place)
            batch.put(Draft(kind, body, place, whole=True))
        except InvalidInput as error:
            batch.refuse(error)
            continue
        if kind in _PERSONS:
            _introduce(kind, body, directory)
        if kind is NodeKind.ACCOUNT:
            name = str(body.get("name", body["id"]))
            new = body["id"] not in batch.known.account_ids
            batch.accounts[body["id"]] = AccountRef(body["id"], name, new)
    return count


def _introduce(kind: Kind, body: Body, directory: Directory) -> None:
    """Make somebody known, if he is as a person should be; what is not is told when the record is checked."""
    assert isinstance(kind, NodeKind)
    try:
        directory.add_stored(kind, body_of(read_record(kind, body)))
    except ValidationError:
        return


def _items(decoded: Decoded) -> Iterator[tuple[Place, Any, str | None]]:
    """Each record with its place and, in a JSON document, the part it stands in."""
    first, _, rest = decoded.text.lstrip().partition("\n")
    head = _line(first)
    if head is not None and (rest.strip() or _ANNOUNCED in head):
        yield from _lines(decoded)
        return
    try:
        document = strict_json(decoded.text)
    except Unfit as error:
        row = re.search(r"at line (\d+)", str(error))
        raise InvalidInput(
            Fault(Code.BAD_JSON, {"detail": error.label}, file=decoded.file, row=int(row[1]) if row else None)
        ) from None
    place = Place(decoded.file, pointer="")
    _check_head(document, {"format", *_PARTS}, place)
    for part in _PARTS:
        rows = document.get(part, [])
        if not isinstance(rows, list):
            detail = Label(f"{part} is a list.", f"{part} 应为列表。")
            raise InvalidInput(
                Fault(Code.INVALID_VALUE, {"detail": detail}, file=decoded.file, pointer=f"/{part}")
            )
        for number, item in enumerate(rows):
            yield Place(decoded.file, pointer=f"/{part}/{number}"), item, part


def _line(text: str) -> dict[str, Any] | None:
    """The object that a line is, or None."""
    try:
        value = strict_json(text)
    except Unfit:
        return None
    return value if isinstance(value, dict) else None


def _lines(decoded: Decoded) -> Iterator[tuple[Place, Any, None]]:
    """The records of NDJSON. An end that its head announces must be there; any end must count them right."""
    announced: bool | None = None
    ended, count = False, 0
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        place = Place(decoded.file, number, pointer="")
        try:
            item = strict_json(line)
        except Unfit as error:
            raise InvalidInput(place.fault(Code.BAD_JSON, detail=error.label)) from None
        if announced is None:
            _check_head(item, {"format", _ANNOUNCED}, place)
            announced = item.get(_ANNOUNCED) is True
        elif isinstance(item, dict) and set(item) == {_END} and not ended:
            ended = True
            if item[_END] != {"records": count}:
                raise _cut(decoded.file, count)
        elif ended:
            raise _cut(decoded.file, count)
        else:
            count += 1
            yield place, item, None
    if announced and not ended:
        raise _cut(decoded.file, count)


def _cut(file: str, count: int) -> InvalidInput:
    detail = Label(
        f"The file is not whole: its end does not fit its {count} records.",
        f"文件不完整：结尾与其 {count} 条记录不符。",
    )
    return InvalidInput(Fault(Code.BAD_FILE, {"detail": detail}, file=file))


def _check_head(document: Any, allowed: set[str], place: Place) -> None:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        detail = Label(
            f'This is no graph document: it starts with "format": "{FORMAT}".',
            f'不是图文档：开头应为 "format": "{FORMAT}"。',
        )
        raise InvalidInput(place.fault(Code.BAD_FILE, detail=detail))
    if unknown := [name for name in document if name not in allowed]:
        raise InvalidInput(place.fault(Code.UNKNOWN_FIELD, name=unknown[0]))


def _record(item: Any, part: str | None, place: Place, dossiers: bool) -> tuple[Kind, Body]:
    if not isinstance(item, dict):
        raise InvalidInput(
            place.fault(Code.INVALID_VALUE, detail=Label("A record is an object.", "记录应为对象。"))
        )
    kind = kind_named(str(item.get("kind")))
    among = _PARTS[part] if part else KINDS
    kinds = among if dossiers else [one for one in among if one in OPEN_KINDS]
    if kind is None or kind not in kinds:
        known = ", ".join(kinds)
        raise InvalidInput(place.fault(Code.UNKNOWN_KIND, name=item.get("kind"), known=known))
    own = _own_kind(kind)
    body = {"kind" if name == own else name: value for name, value in item.items() if name != "kind"}
    for name in ("id", "source_id", "target_id"):
        if name in body and not isinstance(body[name], str):
            detail = Label(f"{name} is text.", f"{name} 应为文本。")
            raise InvalidInput(place.fault(Code.INVALID_VALUE, detail=detail))
    return kind, body


def _own_kind(kind: Kind) -> str:
    """What a record's own field `kind` is called beside the kind of the record: interaction_kind."""
    return f"{kind}_kind"


def _made_id(kind: Kind, body: Body, batch: Batch, alike: Counter[bytes]) -> str:
    """A stable id for a record without one: of its ends, or else of its content as written."""
    if isinstance(kind, EdgeKind):
        return batch.edge_id(
            kind, str(body.get("source_id")), str(body.get("target_id")), body.get("basis", "")
        )
    written = kind.encode() + orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    alike[written] += 1
    return stable_id(written.decode(), alike[written])
