"""An account as two tables, people.csv and ties.csv, that people edit in a spreadsheet and import again."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphsvc.formulas import guarded
from models.enums import ChannelKind, EdgeKind, Line, NodeKind, Polarity
from models.records import Body

PEOPLE = (
    "id",
    "name",
    "latin_name",
    "account",
    "account_name",
    "department",
    "department_function",
    "parent_department",
    "title",
    "rung",
    "level",
    "function",
    "manager_id",
    "status",
    "email",
    "phone",
    "mobile",
    "wechat",
)
TIES = (
    "edge_id",
    "source",
    "target",
    "relation",
    "weight",
    "basis",
    "confidence",
    "since",
    "until",
    "first",
    "last",
    "note",
)

_BOM = b"\xef\xbb\xbf"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def csv_pair(document: Mapping[str, Any]) -> bytes:
    """A zip of people.csv and ties.csv: what a table can hold of a graph document, the same bytes each time.

    Importing it over the same records changes nothing. A table holds each person with one job and up to two
    telephones, and the ties between two contacts; what else there is only the graph document carries. Cells
    are UTF-8 with a mark, as spreadsheets expect it, and none starts a formula. O(records).
    """
    nodes, edges = _by_kind(document["nodes"]), _by_kind(document["edges"])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, header, rows in (
            ("people.csv", PEOPLE, _people(nodes, edges)),
            ("ties.csv", TIES, _ties(edges)),
        ):
            archive.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), _csv(header, rows), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _by_kind(rows: Iterable[Body]) -> dict[str, list[Body]]:
    found: dict[str, list[Body]] = {}
    for row in rows:
        found.setdefault(row["kind"], []).append(row)
    return found


def _csv(header: tuple[str, ...], rows: Iterable[Body]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        cells = [row.get(name) for name in header]
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return _BOM + out.getvalue().encode()


def _people(nodes: Mapping[str, list[Body]], edges: Mapping[str, list[Body]]) -> Iterator[Body]:
    accounts = {row["id"]: row["name"] for row in nodes.get(NodeKind.ACCOUNT, ())}
    departments = _departments(nodes)
    jobs: dict[str, Body] = {}
    for job in edges.get(EdgeKind.WORKS_IN, ()):
        if "until" not in job and job.get("primary", True):
            jobs.setdefault(job["source_id"], job)
    bosses = {
        line["source_id"]: line["target_id"]
        for line in edges.get(EdgeKind.REPORTS_TO, ())
        if "until" not in line and line.get("line", Line.SOLID) == Line.SOLID
    }
    for person in nodes.get(NodeKind.CONTACT, ()):
        row = {name: person.get(name) for name in ("id", "name", "latin_name", "status")}
        job = jobs.get(person["id"], {})
        row |= {name: job.get(name) for name in ("title", "rung", "level", "function")}
        row |= departments.get(job.get("target_id", ""), {})
        row |= _ways(person)
        account = person["account_id"]
        row |= {
            "account": account,
            "account_name": accounts.get(account),
            "manager_id": bosses.get(person["id"]),
        }
        yield row


def _departments(nodes: Mapping[str, list[Body]]) -> dict[str, Body]:
    """The cells of each department that its name means: of namesakes in an account, the first by id."""
    rows = {row["id"]: row for row in nodes.get(NodeKind.DEPARTMENT, ())}
    meant: dict[tuple[str, str], str] = {}
    for id_, row in rows.items():
        meant.setdefault((row["account_id"], row["name"].casefold()), id_)
    named = {id_: rows[id_]["name"] for id_ in meant.values()}
    return {
        id_: {
            "department": name,
            "department_function": rows[id_].get("function"),
            "parent_department": named.get(rows[id_].get("parent_id", "")),
        }
        for id_, name in named.items()
    }


def _ways(person: Body) -> Body:
    ways: dict[str, list[str]] = {}
    for way in person.get("channels", ()):
        ways.setdefault(way["kind"], []).append(way["value"])
    phones = [*ways.get(ChannelKind.PHONE, ()), None, None]
    one = {str(kind): ways.get(kind, [None])[0] for kind in (ChannelKind.EMAIL, ChannelKind.WECHAT)}
    return {**one, "phone": phones[0], "mobile": phones[1]}


def _ties(edges: Mapping[str, list[Body]]) -> Iterator[Body]:
    """The ties between two contacts. Influence in one opportunity only is not among them: a row would make
    it hold in all."""
    for kind in (EdgeKind.REPORTS_TO, EdgeKind.INFLUENCES, EdgeKind.MESSAGES, EdgeKind.BOND):
        for edge in edges.get(kind, ()):
            if "opportunity_id" not in edge:
                ends = {"edge_id": edge["id"], "source": edge["source_id"], "target": edge["target_id"]}
                weight = edge.get("count") if kind is EdgeKind.MESSAGES else edge.get("weight")
                yield {**edge, **ends, "relation": _relation(kind, edge), "weight": weight}


def _relation(kind: EdgeKind, edge: Body) -> str:
    if kind is EdgeKind.REPORTS_TO:
        return "reports_to" if edge.get("line", Line.SOLID) == Line.SOLID else "dotted_line"
    if kind is EdgeKind.INFLUENCES:
        return "influences" if edge.get("stated", True) else "derived_influence"
    if kind is EdgeKind.BOND:
        return "bond" if edge.get("polarity", Polarity.FRIENDLY) == Polarity.FRIENDLY else "conflict"
    return "messages"
