"""New edges are written in the order of their ids, everything else where it stood."""

from __future__ import annotations

from itertools import chain

import orjson

from graphsvc.features.imports.rows import Pack
from graphsvc.features.imports.sorting import by_id
from models.enums import EdgeKind, Kind, NodeKind


def pack(new_in: str | None, *rows: tuple[Kind, str]) -> Pack:
    """A pack of rows that have nothing but an id and a text with signs a line could break at."""
    kinds = tuple(
        (kind, sum(1 for its, _ in rows if its is kind)) for kind in dict.fromkeys(k for k, _ in rows)
    )
    bodies = b"\n".join(orjson.dumps({"id": id_, "note": "a\nb, c\u2028"}) for _, id_ in rows)
    return Pack(kinds, bodies, b"[]", new_in)


def rows_of(packs: list[Pack]) -> list[tuple[Kind, str]]:
    return [(put.kind, put.body["id"]) for put in chain.from_iterable(each.puts() for each in packs)]


TIE, JOB, LINE = EdgeKind.INFLUENCES, EdgeKind.WORKS_IN, EdgeKind.REPORTS_TO


def test_new_edges_are_sorted_by_kind_and_id_and_packed_anew() -> None:
    given = [
        pack("acme", (TIE, "e"), (TIE, "b")),
        pack("acme", (JOB, "d"), (TIE, "a")),
        pack("acme", (TIE, "c")),
    ]
    made = by_id(given, 2)
    assert rows_of(made) == [(JOB, "d"), (TIE, "a"), (TIE, "b"), (TIE, "c"), (TIE, "e")]
    assert [each.size for each in made] == [2, 2, 1]
    assert {each.new_in for each in made} == {"acme"}
    assert made[0].puts()[0].body["note"] == "a\nb, c\u2028"
    assert given == []  # rows are not held twice


def test_nodes_and_what_is_not_new_stay_where_they_are() -> None:
    given = [
        pack("acme", (NodeKind.CONTACT, "z"), (JOB, "y")),
        pack("acme", (TIE, "d")),
        pack("acme", (TIE, "c")),
        pack(None, (LINE, "old"), (LINE, "b")),
        pack("acme", (LINE, "x"), (TIE, "a")),
        pack("bolt", (TIE, "0")),
    ]
    before = [pack for pack in given if pack.new_in is None or pack.kinds[0][0] is NodeKind.CONTACT]
    made = by_id(given, 5)
    assert rows_of(made) == [
        *[(NodeKind.CONTACT, "z"), (JOB, "y")],
        *[(TIE, "c"), (TIE, "d")],
        *[(LINE, "old"), (LINE, "b")],
        *[(LINE, "x"), (TIE, "a")],
        (TIE, "0"),
    ]
    assert [each for each in made if each in before] == before
