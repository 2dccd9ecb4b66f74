"""The account graph: ordered whatever the order of its rows, immutable, dated, and a networkx graph."""

from __future__ import annotations

import random
import threading
from datetime import date

import numpy as np
import pytest

from models.at_hand import graph_of
from models.columns import NO_DAY, Column, Form
from models.enums import EdgeKind, Level, NodeKind
from models.graph import MEMO_ENTRIES, AccountGraph, build_graph
from models.names import latin_name
from models.records import Body, body_of, read_record

Row = tuple[NodeKind | EdgeKind, Body]


def record(kind: NodeKind | EdgeKind, **fields: object) -> Row:
    """A validated record as its body."""
    return kind, body_of(read_record(kind, dict(fields)))


def tie(id: str, source: str, target: str, **fields: object) -> Row:
    """An influence."""
    return record(EdgeKind.INFLUENCES, id=id, source_id=source, target_id=target, **fields)


ROWS: list[Row] = [
    record(NodeKind.ACCOUNT, id="acme", name="ACME"),
    *(record(NodeKind.CONTACT, id=id_, account_id="acme", name=id_) for id_ in ("b", "a", "c", "B")),
    tie("t2", "b", "a", weight=0.5),
    tie("t1", "b", "a", weight=0.25, until="2026-01-01"),
    tie("t3", "a", "c", since="2026-01-01"),
    tie("t0", "c", "a", basis="comrade"),
]


def influences(graph: AccountGraph) -> list[tuple[str, str, str]]:
    """The influences as (source, target, id), in the order of the table."""
    table, ids = graph.edges[EdgeKind.INFLUENCES], graph.contacts.ids
    ends = zip(table.source.tolist(), table.target.tolist(), table.ids, strict=True)
    return [(ids[source], ids[target], id_) for source, target, id_ in ends]


@pytest.mark.parametrize("seed", range(5))
def test_order_is_by_id_whatever_the_order_of_the_rows(seed: int) -> None:
    graph = graph_of("acme", random.Random(seed).sample(ROWS, len(ROWS)))
    assert graph.contacts.ids == ("B", "a", "b", "c")
    assert influences(graph) == [("a", "c", "t3"), ("b", "a", "t1"), ("b", "a", "t2"), ("c", "a", "t0")]
    assert graph.edges[EdgeKind.INFLUENCES].array("weight")[1:3].tolist() == [0.25, 0.5]


def test_a_day_keeps_the_edges_that_hold_on_it() -> None:
    graph = graph_of("acme", ROWS)
    assert [id_ for *_, id_ in influences(graph.on(date(2025, 12, 31)))] == ["t1", "t2", "t0"]
    assert [id_ for *_, id_ in influences(graph.on(date(2026, 1, 1)))] == ["t3", "t2", "t0"]
    assert len(influences(graph)) == 4


def test_days_between_which_nothing_begins_or_ends_share_a_graph() -> None:
    rows = [*ROWS, tie("t4", "c", "b", since="2026-02-01", until="2026-02-03")]
    graph = graph_of("acme", rows)
    days = [date(1999, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    days += [date(2026, 2, 2), date(2026, 2, 3), date(9999, 12, 31)]
    held = [graph.on(day) for day in days]
    assert [held.index(then) for then in held] == [0, 0, 2, 2, 4, 4, 6, 6]
    alone = [graph_of("acme", rows).on(day) for day in days]
    assert list(map(influences, held)) == list(map(influences, alone))
    assert [len(influences(then)) for then in alone] == [3, 3, 3, 3, 4, 4, 3, 3]


def test_edges_into_other_accounts_are_left_out() -> None:
    stranger = record(NodeKind.CONTACT, id="z", account_id="other", name="z")
    graph = graph_of("acme", [*ROWS, stranger, tie("t9", "z", "a", weight=1)])
    assert "z" not in graph.contacts.position
    assert "t9" not in graph.edges[EdgeKind.INFLUENCES].ids


def test_nobody_can_write_into_it() -> None:
    table = graph_of("acme", ROWS).edges[EdgeKind.INFLUENCES]
    for array in (table.array("weight"), table.source, table.array("since")):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_networkx_holds_every_value_that_is_set() -> None:
    g = graph_of("acme", ROWS).to_networkx()
    assert set(g) == {"account:acme", "contact:a", "contact:b", "contact:c", "contact:B"}
    assert g.edges["contact:b", "contact:a", "t1"]["until"] == "2026-01-01"
    assert g.edges["contact:c", "contact:a", "t0"]["basis"] == "comrade"
    assert "weight" not in g.edges["contact:a", "contact:c", "t3"]
    assert g.number_of_edges() == 4


def test_an_empty_account_is_a_graph() -> None:
    graph = build_graph("none", 0, 0, {}, {})
    assert len(graph.contacts) == 0
    assert graph.to_networkx().number_of_nodes() == 0
    assert influences(graph.on(date(2026, 1, 1))) == []


def test_the_room_of_a_graph_counts_values_that_hold_others_also_behind_empty_ones() -> None:
    without, with_ids = (
        graph_of(
            "acme",
            [
                *ROWS,
                record(NodeKind.CONTACT, id="z", account_id="acme", name="Z", external_ids=ids),
            ],
        )
        for ids in ({}, {"crm": "1", "erp": "2"})
    )
    assert with_ids.nbytes == without.nbytes + 2 * 20


def test_what_is_derived_is_made_once_and_the_oldest_gives_way() -> None:
    graph, made = graph_of("acme", ROWS), []

    def make(number: int) -> int:
        made.append(number)
        return number

    for number in (*range(MEMO_ENTRIES), 0, MEMO_ENTRIES, 0, 1):
        assert graph.memo(number, lambda number=number: make(number)) == number  # type: ignore[misc]
    assert made == [*range(MEMO_ENTRIES), MEMO_ENTRIES, 1]


def test_threads_may_derive_at_the_same_time() -> None:
    graph = graph_of("acme", ROWS)
    found: list[AccountGraph] = []
    days = [date(2026, 1, 1 + number % 9) for number in range(40)]
    threads = [threading.Thread(target=lambda day=day: found.append(graph.on(day))) for day in days]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 40


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (Column("n", Form.NUMBER), [1.5, None, -2.0]),
        (Column("f", Form.FLAG), [True, None, False]),
        (Column("c", Form.CODE, Level), ["decision", None, "operational"]),
        (Column("d", Form.DAY), ["2026-02-28", None, "1969-12-31"]),
        (Column("t", Form.TIME), ["2026-02-28T23:59:59Z", "1969-12-31T00:00:00Z"]),
        (Column("x", Form.TEXT), ["王", None]),
        (Column("j", Form.JSON), [["a"], None, {"b": 1}]),
    ],
)
def test_a_column_gives_back_what_it_was_made_of(column: Column, values: list[object]) -> None:
    assert column.plain(column.decode(values)) == values


def test_no_day_is_before_every_day() -> None:
    days = Column("d", Form.DAY).decode([None, "0001-01-01"])
    assert isinstance(days, np.ndarray)
    assert days[0] == NO_DAY < days[1]


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("王建国", "Wang Jianguo"),
        ("欧阳靖宇", "Ouyang Jingyu"),
        ("单雄", "Shan Xiong"),
        ("曾敏", "Zeng Min"),
        ("Tom Ellery", None),
    ],
)
def test_pinyin_is_written_surname_first(name: str, latin: str | None) -> None:
    assert latin_name(name) == latin
