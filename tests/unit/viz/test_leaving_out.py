"""What a picture leaves out when it leaves the page."""

from __future__ import annotations

from tests.unit.viz.test_influence_map import drawn
from tests.unit.viz.test_org_chart import chart
from viz.views.leaving_out import PERSONAL, without_personal, without_rows


def test_people_of_a_hidden_row_go_with_their_ties() -> None:
    whole = drawn("en")
    view = without_rows(whole, ["kind:rival"])
    assert {node["kind"] for node in whole.nodes} - {node["kind"] for node in view.nodes} == {"rival"}
    there = {node["id"] for node in view.nodes}
    assert all({edge["from"], edge["to"]} <= there for edge in view.edges)
    assert "edge:courts" in {row.key for row in whole.legend} - {row.key for row in view.legend}
    assert view.tables == whole.tables


def test_a_hidden_kind_of_tie_leaves_the_people() -> None:
    whole = chart("en", "all")
    view = without_rows(whole, ["edge:reports_to", "edge:unknown"])
    assert view.nodes == whole.nodes
    assert {edge["key"] for edge in view.edges} == {"edge:dotted"}


def test_nothing_hidden_is_the_same_view() -> None:
    view = drawn("en")
    assert without_rows(view, []) is view


def test_personal_fields_are_gone_from_drawing_and_tables() -> None:
    whole = drawn("en")
    assert any(edge["basis"] for edge in whole.edges)
    assert any(row["basis_label"] for row in whole.tables["ties"])
    view = without_personal(whole)
    for rows in (view.edges, view.tables["ties"]):
        assert not any(PERSONAL & row.keys() for row in rows)
    assert view.edges == [
        {name: value for name, value in edge.items() if name not in PERSONAL} for edge in whole.edges
    ]
