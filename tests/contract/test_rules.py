"""Every rule of writing, with the fault it gives: the code, the place and what the sentence names."""

from __future__ import annotations

import asyncio

import pytest

from graphsvc.stores.port import GraphStore, Scope
from models.changes import Applied, Delete, Put
from models.faults import Code, InvalidInput
from models.kinds import EDGE_SPECS, EdgeSpec
from tests.contract.writing import EVERYTHING, E, N, fault_of, faults_of, put, tie, write


async def refused(store: GraphStore, *changes: Put | Delete) -> tuple[Code, str | None, dict[str, object]]:
    """The one fault of a change set, which leaves the store as it was."""
    before = [await store.records(EVERYTHING, account) for account in ("acme", "bolt")]
    fault = await fault_of(store, put(N.CONTACT, "bystander"), *changes)
    assert [await store.records(EVERYTHING, account) for account in ("acme", "bolt")] == before
    return fault.code, fault.pointer, fault.params


def owns(owner: str, owned: str, **fields: object) -> Put:
    """That an account owns another."""
    return tie(E.CHANNEL, owner, owned, kind="owns", **fields)


@pytest.mark.parametrize("spec", EDGE_SPECS.values(), ids=str)
async def test_both_ends_of_a_tie_are_there(filled: GraphStore, spec: EdgeSpec) -> None:
    faults = await faults_of(filled, tie(spec.kind, "nobody", "nothing"))
    assert [(fault.code, fault.pointer, fault.params) for fault in faults] == [
        (Code.UNKNOWN_RECORD, "/changes/0/source_id", {"kind": spec.source, "id": "nobody"}),
        (Code.UNKNOWN_RECORD, "/changes/0/target_id", {"kind": spec.target, "id": "nothing"}),
    ]


async def test_an_end_is_of_the_right_kind(filled: GraphStore) -> None:
    code, pointer, params = await refused(filled, tie(E.KNOWS, "ana", "ben"))
    assert (code, pointer, params) == (
        Code.UNKNOWN_RECORD,
        "/changes/1/source_id",
        {"kind": N.MEMBER, "id": "ana"},
    )


async def test_an_end_that_the_same_change_set_deletes_is_not_there(filled: GraphStore) -> None:
    code, pointer, _ = await refused(filled, tie(E.KNOWS, "mia", "ana"), Delete(N.CONTACT, "ana"))
    assert (code, pointer) == (Code.UNKNOWN_RECORD, "/changes/1/target_id")


async def test_an_end_that_the_same_change_set_puts_is_there(filled: GraphStore) -> None:
    applied = await write(filled, tie(E.KNOWS, "new", "eve"), put(N.CONTACT, "eve"), put(N.MEMBER, "new"))
    assert applied.put == 3


@pytest.mark.parametrize(
    "change",
    [
        tie(E.WORKS_IN, "zoe", "lab"),
        tie(E.REPORTS_TO, "zoe", "ana"),
        tie(E.MESSAGES, "zoe", "ana"),
        tie(E.PLAYS, "zoe", "deal"),
    ],
    ids=lambda change: str(change.kind),
)
async def test_ties_inside_one_firm_stay_in_one_account(filled: GraphStore, change: Put) -> None:
    code, pointer, params = await refused(filled, change)
    assert (code, pointer) == (Code.OTHER_ACCOUNT, "/changes/1/target_id")
    assert params["source"] == "zoe"
    assert (params["source_account"], params["target_account"]) == ("bolt", "acme")


async def test_influence_friendship_and_dotted_lines_may_cross(filled: GraphStore) -> None:
    applied = await write(
        filled,
        tie(E.INFLUENCES, "zoe", "ana"),
        tie(E.BOND, "zoe", "ana"),
        tie(E.REPORTS_TO, "zoe", "ana", line="dotted"),
    )
    assert applied.put == 3


async def test_a_record_stays_in_its_account(filled: GraphStore) -> None:
    code, pointer, params = await refused(filled, put(N.CONTACT, "ana", account_id="bolt"))
    assert (code, pointer) == (Code.MOVED_ACCOUNT, "/changes/1/account_id")
    assert params == {"kind": N.CONTACT, "id": "ana", "account": "acme"}


async def test_a_tie_stays_in_its_account(filled: GraphStore) -> None:
    await write(filled, tie(E.KNOWS, "mia", "ana", id="k"))
    code, pointer, params = await refused(filled, tie(E.KNOWS, "mia", "zoe", id="k"))
    assert (code, pointer) == (Code.MOVED_ACCOUNT, "/changes/1/target_id")
    assert params == {"kind": E.KNOWS, "id": "k", "account": "acme"}


async def test_a_tie_may_move_to_another_person_of_the_account(filled: GraphStore) -> None:
    await write(filled, tie(E.KNOWS, "mia", "ana", id="k"))
    await write(filled, tie(E.KNOWS, "max", "ben", id="k"))
    graph = await filled.account_graph(EVERYTHING, "acme")
    assert [(row["source_id"], row["target_id"]) for row in graph.edges[E.KNOWS].rows(graph.nodes)] == [
        ("max", "ben")
    ]


async def test_the_account_of_a_record_is_there(filled: GraphStore) -> None:
    code, pointer, params = await refused(filled, put(N.DEPARTMENT, "x", account_id="nowhere"))
    assert (code, pointer) == (Code.UNKNOWN_RECORD, "/changes/1/account_id")
    assert params == {"kind": N.ACCOUNT, "id": "nowhere"}


async def test_what_a_record_refers_to_is_there(filled: GraphStore) -> None:
    visit = put(
        N.INTERACTION,
        "visit",
        at="2025-03-01T09:00:00Z",
        kind="visit",
        opportunity_id="no-deal",
        member_ids=["mia", "no-member"],
        contact_ids=["ana", "ben", "no-contact"],
    )
    faults = await faults_of(filled, visit)
    assert {(fault.code, fault.pointer) for fault in faults} == {
        (Code.UNKNOWN_RECORD, "/changes/0/opportunity_id"),
        (Code.UNKNOWN_RECORD, "/changes/0/member_ids/1"),
        (Code.UNKNOWN_RECORD, "/changes/0/contact_ids/2"),
    }


async def test_references_inside_parts_are_checked(filled: GraphStore) -> None:
    faults = await faults_of(
        filled,
        put(N.OPPORTUNITY, "deal", criteria=[{"text": "fast"}, {"text": "cheap", "owner_id": "nobody"}]),
        tie(E.KNOWS, "mia", "ana", handed_over_from={"member_id": "gone", "on": "2025-01-01"}),
        tie(E.PLAYS, "ana", "deal", votes=[{"member_id": "mia"}, {"member_id": "gone"}]),
        tie(E.BOND, "ana", "ben", evidence=["visit"]),
    )
    assert [fault.pointer for fault in faults] == [
        "/changes/0/criteria/1/owner_id",
        "/changes/1/handed_over_from/member_id",
        "/changes/2/votes/1/member_id",
        "/changes/3/evidence/0",
    ]


async def test_a_reference_stays_in_the_account(filled: GraphStore) -> None:
    visit = put(N.INTERACTION, "visit", at="2025-03-01T09:00:00Z", kind="visit", contact_ids=["zoe"])
    code, pointer, params = await refused(filled, visit)
    assert (code, pointer) == (Code.FOREIGN_REFERENCE, "/changes/1/contact_ids/0")
    assert params == {"kind": N.CONTACT, "id": "zoe", "account": "bolt", "own": "acme"}


async def test_one_solid_line_at_a_time(filled: GraphStore) -> None:
    await write(filled, tie(E.REPORTS_TO, "ana", "ben"))
    code, pointer, params = await refused(filled, tie(E.REPORTS_TO, "ana", "cho"))
    assert (code, pointer) == (Code.SECOND_BOSS, "/changes/1/target_id")
    assert params == {"id": "ana", "boss": "ben"}


async def test_two_solid_lines_in_one_change_set(filled: GraphStore) -> None:
    fault = await fault_of(filled, tie(E.REPORTS_TO, "ana", "ben"), tie(E.REPORTS_TO, "ana", "cho"))
    assert (fault.code, fault.pointer) == (Code.SECOND_BOSS, "/changes/1/target_id")


async def test_lines_that_follow_each_other_or_are_dotted_are_no_second_boss(filled: GraphStore) -> None:
    await write(filled, tie(E.REPORTS_TO, "ana", "ben", since="2020-01-01", until="2024-06-01"))
    await write(
        filled,
        tie(E.REPORTS_TO, "ana", "cho", since="2024-06-01"),
        tie(E.REPORTS_TO, "ana", "dan", line="dotted"),
    )
    code, _, params = await refused(
        filled, tie(E.REPORTS_TO, "ana", "dan", id="r", since="2019-01-01", until="2020-01-02")
    )
    assert (code, params["boss"]) == (Code.SECOND_BOSS, "ben")


async def test_a_boss_is_changed_in_one_change_set(filled: GraphStore) -> None:
    await write(filled, tie(E.REPORTS_TO, "ana", "ben"))
    await write(
        filled,
        tie(E.REPORTS_TO, "ana", "cho", since="2025-01-01"),
        tie(E.REPORTS_TO, "ana", "ben", until="2025-01-01"),
    )
    await write(
        filled,
        Delete(E.REPORTS_TO, "reports_to-ana-cho"),
        tie(E.REPORTS_TO, "ana", "dan", since="2025-01-01"),
    )
    assert len(await filled.find(EVERYTHING, E.REPORTS_TO)) == 2


async def test_nobody_stands_above_himself(filled: GraphStore) -> None:
    await write(filled, tie(E.REPORTS_TO, "ana", "ben"), tie(E.REPORTS_TO, "ben", "cho"))
    code, pointer, params = await refused(filled, tie(E.REPORTS_TO, "cho", "ana"))
    assert (code, pointer) == (Code.CYCLE, "/changes/1/target_id")
    assert params == {"path": "cho → ana → ben → cho"}


async def test_a_circle_within_one_change_set_is_one_fault_at_its_last_line(filled: GraphStore) -> None:
    fault = await fault_of(
        filled,
        tie(E.REPORTS_TO, "ana", "ben"),
        tie(E.REPORTS_TO, "ben", "cho"),
        tie(E.REPORTS_TO, "cho", "ana"),
        tie(E.REPORTS_TO, "dan", "ana"),
    )
    assert (fault.code, fault.pointer) == (Code.CYCLE, "/changes/2/target_id")


async def test_a_circle_needs_lines_of_one_time(filled: GraphStore) -> None:
    await write(
        filled,
        tie(E.REPORTS_TO, "ana", "ben", until="2024-01-01"),
        tie(E.REPORTS_TO, "ben", "cho"),
    )
    await write(filled, tie(E.REPORTS_TO, "cho", "ana", since="2024-01-01", until="2025-01-01"))
    code, _, _ = await refused(
        filled, tie(E.REPORTS_TO, "cho", "ana", id="early", since="2023-12-31", until="2024-01-01")
    )
    assert code is Code.CYCLE


async def test_a_dotted_line_closes_no_circle(filled: GraphStore) -> None:
    await write(filled, tie(E.REPORTS_TO, "ana", "ben"), tie(E.REPORTS_TO, "ben", "ana", line="dotted"))
    code, _, _ = await refused(filled, tie(E.REPORTS_TO, "ben", "ana", line="solid"))
    assert code is Code.CYCLE


async def test_no_account_owns_itself_through_others(filled: GraphStore) -> None:
    await write(filled, put(N.ACCOUNT, "core"), owns("acme", "bolt"), owns("bolt", "core"))
    code, pointer, params = await refused(filled, owns("core", "acme"))
    assert (code, pointer) == (Code.CYCLE, "/changes/1/target_id")
    assert params == {"path": "core → acme → bolt → core"}
    await write(filled, tie(E.CHANNEL, "core", "acme", kind="supplies"))
    code, pointer, _ = await refused(filled, tie(E.CHANNEL, "core", "acme", kind="owns"))
    assert (code, pointer) == (Code.CYCLE, "/changes/1/target_id")


async def test_owners_in_one_change_set_close_one_circle(filled: GraphStore) -> None:
    fault = await fault_of(filled, owns("acme", "core"), put(N.ACCOUNT, "core"), owns("core", "acme"))
    assert (fault.code, fault.pointer) == (Code.CYCLE, "/changes/2/target_id")


async def test_an_owner_may_be_owned_later(filled: GraphStore) -> None:
    await write(filled, owns("acme", "bolt", until="2024-01-01"))
    await write(filled, owns("bolt", "acme", since="2024-01-01"))
    code, _, _ = await refused(filled, owns("acme", "bolt", until="2024-01-02"))
    assert code is Code.CYCLE
    await write(filled, Delete(E.CHANNEL, "channel-bolt-acme"), owns("acme", "bolt"))


async def test_owners_outside_the_scope_are_not_named(filled: GraphStore) -> None:
    far = [put(N.ACCOUNT, id_) for id_ in ("core", "dark", "east")]
    await write(filled, *far, owns("bolt", "core"), owns("core", "dark"), owns("dark", "acme"))
    mine = Scope("tester", frozenset({"acme", "bolt"}))
    fault = await fault_of(filled, owns("acme", "bolt"), scope=mine)
    assert (fault.code, fault.pointer) == (Code.CYCLE, "/changes/0/target_id")
    assert fault.params == {"path": "acme → bolt → … → acme"}
    fault = await fault_of(filled, owns("acme", "core"), scope=mine)
    assert (fault.code, fault.params) == (Code.UNKNOWN_RECORD, {"kind": N.ACCOUNT, "id": "core"})


async def test_two_halves_of_a_circle_of_owners_are_not_written_at_once(filled: GraphStore) -> None:
    await write(
        filled, put(N.ACCOUNT, "core"), put(N.ACCOUNT, "dark"), owns("bolt", "core"), owns("dark", "acme")
    )
    halves = write(filled, owns("acme", "bolt")), write(filled, owns("core", "dark"))
    done = await asyncio.gather(*halves, return_exceptions=True)
    errors = [error for error in done if isinstance(error, InvalidInput)]
    assert [fault.code for error in errors for fault in error.faults] == [Code.CYCLE]
    assert len([found for found in done if isinstance(found, Applied)]) == 1


async def test_a_boss_outside_the_scope_is_not_named(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "yan", account_id="bolt"), tie(E.REPORTS_TO, "zoe", "yan"))
    fault = await fault_of(
        filled, tie(E.REPORTS_TO, "zoe", "ana"), scope=Scope("tester", frozenset({"acme"}))
    )
    assert (fault.code, fault.params) == (Code.UNKNOWN_RECORD, {"kind": N.CONTACT, "id": "zoe"})


async def test_no_department_lies_inside_itself(filled: GraphStore) -> None:
    await write(filled, put(N.DEPARTMENT, "top"), put(N.DEPARTMENT, "lab", parent_id="top"))
    await write(filled, put(N.DEPARTMENT, "bench", parent_id="lab"))
    code, pointer, params = await refused(filled, put(N.DEPARTMENT, "top", parent_id="bench"))
    assert (code, pointer) == (Code.CYCLE, "/changes/1/parent_id")
    assert params == {"path": "top → bench → lab → top"}
    code, _, params = await refused(filled, put(N.DEPARTMENT, "alone", parent_id="alone"))
    assert (code, params) == (Code.CYCLE, {"path": "alone → alone"})


async def test_departments_may_change_places_in_one_change_set(filled: GraphStore) -> None:
    await write(filled, put(N.DEPARTMENT, "top"), put(N.DEPARTMENT, "lab", parent_id="top"))
    await write(filled, put(N.DEPARTMENT, "top", parent_id="lab"), put(N.DEPARTMENT, "lab"))
    assert (await filled.get(EVERYTHING, N.DEPARTMENT, "top")).body["parent_id"] == "lab"


async def test_an_id_in_another_system_belongs_to_one_record_of_a_kind(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "ana", external_ids={"crm": "1", "erp": "1"}))
    code, pointer, params = await refused(filled, put(N.CONTACT, "ben", external_ids={"crm": "1"}))
    assert (code, pointer) == (Code.EXTERNAL_ID_TAKEN, "/changes/1/external_ids/crm")
    assert params == {"system": "crm", "value": "1", "kind": N.CONTACT, "id": "ana"}
    await write(filled, put(N.DEPARTMENT, "lab", external_ids={"crm": "1"}))


async def test_an_id_in_another_system_twice_in_one_change_set(filled: GraphStore) -> None:
    fault = await fault_of(
        filled,
        put(N.CONTACT, "ana", external_ids={"crm": "1"}),
        put(N.CONTACT, "ben", external_ids={"crm": "1"}),
    )
    assert (fault.code, fault.pointer) == (Code.EXTERNAL_ID_TAKEN, "/changes/1/external_ids/crm")


async def test_an_id_in_another_system_can_be_handed_on(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "ana", external_ids={"crm": "1"}))
    await write(filled, put(N.CONTACT, "ben", external_ids={"crm": "1"}), put(N.CONTACT, "ana"))
    await write(filled, Delete(N.CONTACT, "ben"), put(N.CONTACT, "cho", external_ids={"crm": "1"}))
    code, _, params = await refused(filled, put(N.CONTACT, "dan", external_ids={"crm": "1"}))
    assert (code, params["id"]) == (Code.EXTERNAL_ID_TAKEN, "cho")
    await write(filled, put(N.CONTACT, "cho", external_ids={"crm": "2"}))
    await write(filled, put(N.CONTACT, "dan", external_ids={"crm": "1"}))


async def test_a_record_stands_once_in_a_change_set(filled: GraphStore) -> None:
    for second in (put(N.CONTACT, "ana"), Delete(N.CONTACT, "ana")):
        code, pointer, params = await refused(filled, put(N.CONTACT, "ana", name="A"), second)
        assert (code, pointer) == (Code.TWICE, "/changes/2")
        assert params == {"kind": N.CONTACT, "id": "ana"}


async def test_every_fault_of_a_change_set_is_named_in_its_order(filled: GraphStore) -> None:
    await write(filled, tie(E.REPORTS_TO, "ana", "ben"))
    faults = await faults_of(
        filled,
        tie(E.REPORTS_TO, "ana", "cho"),
        put(N.CONTACT, "x", account_id="nowhere"),
        tie(E.REPORTS_TO, "ben", "ana", id="up"),
        tie(E.KNOWS, "nobody", "ana"),
        Delete(N.COMPETITOR, "rivco"),
    )
    assert [(fault.code, fault.pointer) for fault in faults] == [
        (Code.SECOND_BOSS, "/changes/0/target_id"),
        (Code.UNKNOWN_RECORD, "/changes/1/account_id"),
        (Code.CYCLE, "/changes/2/target_id"),
        (Code.UNKNOWN_RECORD, "/changes/3/source_id"),
        (Code.STILL_REFERRED, "/changes/4"),
    ]
    for fault in faults:
        assert fault.message("en") != fault.message("zh")
        assert "{" not in fault.message("en") + fault.message("zh")
