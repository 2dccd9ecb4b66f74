"""The plan of a merge, case by case, without a store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from graphsvc.features.merging.plan import MergePlan, merge_plan
from graphsvc.features.merging.uniting import overlap, pointing_to, united_ids, united_messages
from models.changes import Delete, Put, Stored
from models.doubles import MergeEffect
from models.enums import EdgeKind, Kind, NodeKind
from models.records import Body, body_of, read_record

E, N = EdgeKind, NodeKind
THEN = datetime(2025, 1, 1, tzinfo=UTC)


def stored(kind: Kind, id: str, **fields: Any) -> Stored:
    if kind is N.CONTACT:
        fields = {"account_id": "acme", "name": id.title(), **fields}
    return Stored(kind, body_of(read_record(kind, {"id": id, **fields})), "acme", 3, THEN, THEN)


def tie(kind: EdgeKind, source: str, target: str, **fields: Any) -> Stored:
    id_ = fields.pop("id", f"{source}-{target}")
    return stored(kind, id_, source_id=source, target_id=target, **fields)


def plan(*ties: Stored, prefer: tuple[str, ...] = (), ana: Any = None, ben: Any = None) -> MergePlan:
    """Ben merged into Ana with these ties."""
    people = stored(N.CONTACT, "ana", **(ana or {})), stored(N.CONTACT, "ben", **(ben or {}))
    at = [
        [row for row in ties if who in (row.body["source_id"], row.body["target_id"])]
        for who in ("ana", "ben")
    ]
    return merge_plan(*people, *at, prefer)


def left(found: MergePlan) -> dict[str, Body]:
    return {c.record.id: body_of(c.record) for c in found.changes if isinstance(c, Put)}  # type: ignore[arg-type]


def gone(found: MergePlan) -> list[str]:
    return [change.id for change in found.changes if isinstance(change, Delete)]


def test_the_duplicate_goes_last_and_every_change_names_the_revision_it_read() -> None:
    found = plan(tie(E.INFLUENCES, "ben", "cho"))
    assert gone(found) == ["ben"]
    assert isinstance(found.changes[-1], Delete)
    assert {change.expected for change in found.changes} == {3}
    assert found.moved == {E.INFLUENCES: 1}


def test_a_stated_tie_holds_against_a_derived_one() -> None:
    derived = tie(E.INFLUENCES, "ana", "cho", stated=False, weight=0.1)
    found = plan(derived, tie(E.INFLUENCES, "ben", "cho", weight=0.7))
    assert gone(found) == ["ana-cho", "ben"]
    assert (left(found)["ben-cho"]["weight"], left(found)["ben-cho"]["source_id"]) == (0.7, "ana")
    note = found.notes[0]
    assert (note.effect, note.id, note.into) == (MergeEffect.UNITED, "ana-cho", "ben-cho")
    assert [(row.field, row.kept, row.other) for row in note.differing] == [
        ("weight", 0.7, 0.1),
        ("stated", True, False),
    ]


def test_facts_that_differ_stay_two() -> None:
    ties = (
        tie(E.INFLUENCES, "ana", "cho", basis="friendship"),
        tie(E.INFLUENCES, "ben", "cho", basis="expertise"),
        tie(E.INFLUENCES, "ben", "cho", id="deal", basis="friendship", opportunity_id="deal"),
        tie(E.BOND, "ana", "dan"),
        tie(E.BOND, "dan", "ben", polarity=-1),
        tie(E.KNOWS, "mia", "ana", until="2024-01-01"),
        tie(E.KNOWS, "mia", "ben", since="2024-01-01"),
    )
    found = plan(*ties)
    assert (gone(found), found.notes) == (["ben"], ())
    assert found.moved == {E.INFLUENCES: 2, E.BOND: 1, E.KNOWS: 1}


def test_an_unsaid_basis_fits_any() -> None:
    found = plan(tie(E.INFLUENCES, "ana", "cho"), tie(E.INFLUENCES, "ben", "cho", basis="expertise"))
    assert left(found)["ana-cho"]["basis"] == "expertise"
    assert gone(found) == ["ben-cho", "ben"]


def test_who_reports_to_both_keeps_the_solid_line() -> None:
    found = plan(
        tie(E.REPORTS_TO, "cho", "ana", line="dotted"), tie(E.REPORTS_TO, "cho", "ben", since="2024-01-01")
    )
    assert gone(found) == ["cho-ana", "ben"]
    line = left(found)["cho-ben"]
    assert (line["target_id"], line["line"], line["since"]) == ("ana", "solid", "2024-01-01")


def test_the_primary_job_of_the_survivor_stays_alone() -> None:
    jobs = (
        tie(E.WORKS_IN, "ana", "lab"),
        tie(E.WORKS_IN, "ben", "shop"),
        tie(E.WORKS_IN, "ben", "old", until="2020-01-01"),
    )
    found = left(plan(*jobs))
    assert (found["ben-shop"]["primary"], found["ben-old"]["primary"]) == (False, False)
    moved_before = left(plan(tie(E.WORKS_IN, "ana", "lab", since="2021-01-01"), jobs[2]))
    assert moved_before["ben-old"]["primary"] is True


def test_a_person_fills_an_empty_seat() -> None:
    found = plan(ana={"placeholder": True, "name": "CFO"}, ben={"name": "王建国"}, prefer=("name",))
    contact = found.contact
    assert (contact["placeholder"], contact["name"], contact["latin_name"]) == (
        False,
        "王建国",
        "Wang Jianguo",
    )
    assert [(row.field, row.kept, row.other) for row in found.differing] == [("name", "王建国", "CFO")]


def test_no_id_of_another_system_is_lost() -> None:
    assert united_ids({"crm": "1"}, {"crm": "1", "erp": "2"}) == ({"crm": "1", "erp": "2"}, [])
    kept, renamed = united_ids({"crm": "1", "crm.2": "5"}, {"crm": "2"})
    assert (kept, renamed) == ({"crm": "1", "crm.2": "5", "crm.3": "2"}, ["crm.3"])


def test_messages_without_times_add_up_and_days_do_not() -> None:
    one: Body = {"count": 3, "events": [], "active_days": 2, "first": "2024-01-02"}
    other: Body = {"count": 4, "events": [], "active_days": 4, "first": "2024-01-01", "last": "2024-02-01"}
    made = united_messages(one, one, other)
    assert made == {"count": 7, "events": [], "active_days": 4, "first": "2024-01-01", "last": "2024-02-01"}


def test_periods_and_pointers() -> None:
    assert overlap({}, {"since": "2024-01-01"})
    assert not overlap({"until": "2024-01-01"}, {"since": "2024-01-01"})
    visit = {"id": "v", "contact_ids": ["ben", "ana", "cho"], "member_ids": ["ben"]}
    moved = pointing_to(N.INTERACTION, visit, "ben", "ana")
    assert moved == {"id": "v", "contact_ids": ["ana", "cho"], "member_ids": ["ben"]}
    knows = {"source_id": "ben", "target_id": "ben"}
    assert pointing_to(E.KNOWS, knows, "ben", "ana") == {"source_id": "ben", "target_id": "ana"}
