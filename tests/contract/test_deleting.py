"""What goes with a deleted record, what is cleared, what refuses."""

from __future__ import annotations

import pytest

from graphsvc.errors import NotFound
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Delete
from models.faults import Code
from tests.contract.writing import EVERYTHING, E, N, fault_of, put, tie, write

VISIT = put(
    N.INTERACTION,
    "visit",
    at="2025-03-01T09:00:00Z",
    kind="visit",
    opportunity_id="deal",
    member_ids=["mia", "max"],
    contact_ids=["ana", "ben"],
)
CHECKED = put(
    N.ASSESSMENT, "checked", at="2025-03-01T09:00:00Z", member_id="mia", contact_id="ana", answers={"P1": 3}
)


@pytest.fixture
async def busy(filled: GraphStore) -> GraphStore:
    """The account acme with a visit, an assessment and ties of many kinds."""
    await write(
        filled,
        VISIT,
        CHECKED,
        put(N.OPPORTUNITY, "deal", criteria=[{"text": "fast", "owner_id": "ana"}, {"text": "cheap"}]),
        tie(E.REPORTS_TO, "ana", "ben"),
        tie(E.INFLUENCES, "ana", "ben", evidence=["visit"]),
        tie(E.INFLUENCES, "ben", "cho", opportunity_id="deal"),
        tie(E.INFLUENCES, "zoe", "ana"),
        tie(E.KNOWS, "mia", "ana", handed_over_from={"member_id": "max", "on": "2025-01-01"}),
        tie(E.KNOWS, "max", "zoe"),
        tie(E.PLAYS, "ana", "deal", votes=[{"member_id": "max", "attitude": 1}]),
        tie(E.COURTS, "rex", "ana", strength=40),
        tie(E.WORKS_IN, "ana", "lab"),
    )
    return filled


async def missing(store: GraphStore, kind: N | E, id: str) -> bool:
    """Whether a record is not there."""
    try:
        await store.get(EVERYTHING, kind, id)
    except NotFound:
        return True
    return False


async def test_the_edges_of_a_node_and_what_depends_on_it_go_with_it(busy: GraphStore) -> None:
    applied = await write(busy, Delete(N.CONTACT, "ana"))
    assert applied.deleted == 9  # ana, seven ties, the assessment
    assert applied.cleared == 2  # the visit and the criterion's owner
    for kind in (E.REPORTS_TO, E.PLAYS, E.COURTS, E.WORKS_IN):
        assert await busy.find(EVERYTHING, kind) == []
    assert await missing(busy, N.ASSESSMENT, "checked")
    visit = await busy.get(EVERYTHING, N.INTERACTION, "visit")
    assert (visit.body["contact_ids"], visit.revision) == (["ben"], 2)
    deal = await busy.get(EVERYTHING, N.OPPORTUNITY, "deal")
    assert deal.body["criteria"] == [
        {"text": "fast", "origin": "theirs"},
        {"text": "cheap", "origin": "theirs"},
    ]
    assert applied.revisions == {(N.INTERACTION, "visit"): 2, (N.OPPORTUNITY, "deal"): deal.revision}


async def test_a_deleted_record_can_be_put_again(busy: GraphStore) -> None:
    await write(busy, Delete(N.CONTACT, "ana"))
    await write(busy, put(N.CONTACT, "ana", expected=0), tie(E.KNOWS, "mia", "ana"))
    assert [stored.id for stored in await busy.find(EVERYTHING, E.KNOWS)] == [
        "knows-max-zoe",
        "knows-mia-ana",
    ]


async def test_references_to_one_of_our_people_are_cleared_in_every_account(busy: GraphStore) -> None:
    applied = await write(busy, Delete(N.MEMBER, "max"))
    assert (applied.deleted, applied.cleared) == (2, 3)
    assert set(applied.sequences) == {"acme", "bolt", "firm"}
    assert (await busy.get(EVERYTHING, N.INTERACTION, "visit")).body["member_ids"] == ["mia"]
    knows = await busy.get(EVERYTHING, E.KNOWS, "knows-mia-ana")
    assert knows.body["handed_over_from"] == {"on": "2025-01-01"}
    plays = await busy.get(EVERYTHING, E.PLAYS, "plays-ana-deal")
    assert plays.body["votes"] == [{"attitude": 1}]
    await write(busy, Delete(N.MEMBER, "mia"))
    assert await missing(busy, N.ASSESSMENT, "checked")


async def test_what_an_opportunity_was_for_goes_or_forgets_it(busy: GraphStore) -> None:
    applied = await write(busy, Delete(N.OPPORTUNITY, "deal"))
    assert (applied.deleted, applied.cleared) == (3, 1)
    assert await missing(busy, E.INFLUENCES, "influences-ben-cho")
    assert "opportunity_id" not in (await busy.get(EVERYTHING, N.INTERACTION, "visit")).body


async def test_evidence_that_is_deleted_is_forgotten(busy: GraphStore) -> None:
    await write(busy, Delete(N.INTERACTION, "visit"))
    assert (await busy.get(EVERYTHING, E.INFLUENCES, "influences-ana-ben")).body["evidence"] == []


async def test_deleting_a_tie_touches_nothing_else(busy: GraphStore) -> None:
    applied = await write(busy, Delete(E.REPORTS_TO, "reports_to-ana-ben", expected=1))
    assert (applied.deleted, applied.cleared, applied.sequences.keys()) == (1, 0, {"acme"})


async def test_a_record_others_stand_on_stays(busy: GraphStore) -> None:
    await write(busy, put(N.DEPARTMENT, "bench", parent_id="lab"))
    fault = await fault_of(busy, Delete(N.DEPARTMENT, "lab"))
    assert (fault.code, fault.pointer) == (Code.STILL_REFERRED, "/changes/0")
    assert fault.params == {"kind": N.DEPARTMENT, "id": "lab", "count": 1, "first": "department bench"}
    fault = await fault_of(busy, Delete(N.COMPETITOR, "rivco"))
    assert fault.params == {"kind": N.COMPETITOR, "id": "rivco", "count": 1, "first": "rival rex"}
    fault = await fault_of(busy, Delete(N.ACCOUNT, "bolt"))
    assert fault.params == {"kind": N.ACCOUNT, "id": "bolt", "count": 1, "first": "contact zoe"}
    fault = await fault_of(busy, Delete(N.ACCOUNT, "acme"))
    assert fault.params["count"] == 9


async def test_a_whole_account_can_go_in_one_change_set(busy: GraphStore) -> None:
    gone = [
        Delete(stored.kind, stored.id)
        for stored in await busy.records(EVERYTHING, "acme")
        if stored.account == "acme" and isinstance(stored.kind, N)
    ]
    await write(busy, *gone)
    assert [line.id for line in await busy.accounts(EVERYTHING)] == ["bolt"]
    for kind in E:
        assert {stored.account for stored in await busy.find(EVERYTHING, kind)} <= {"bolt"}
    with pytest.raises(NotFound):
        await busy.account_graph(EVERYTHING, "acme")


async def test_what_is_put_anew_in_the_same_change_set_survives(busy: GraphStore) -> None:
    applied = await write(
        busy,
        Delete(N.CONTACT, "ben"),
        tie(E.INFLUENCES, "ana", "cho", id="influences-ana-ben"),
        put(N.INTERACTION, "visit", at="2025-03-01T09:00:00Z", kind="visit", contact_ids=["ana"]),
    )
    assert (applied.deleted, applied.cleared, applied.put) == (3, 0, 2)
    body = (await busy.get(EVERYTHING, E.INFLUENCES, "influences-ana-ben")).body
    assert (body["target_id"], body["evidence"]) == ("cho", [])


async def test_a_deletion_that_reaches_a_foreign_account_is_refused(busy: GraphStore) -> None:
    fault = await fault_of(busy, Delete(N.MEMBER, "max"), scope=Scope("bob", frozenset({"bolt"})))
    assert fault.code is Code.STILL_REFERRED
    assert fault.params == {"kind": N.MEMBER, "id": "max", "count": 3, "first": "…"}
