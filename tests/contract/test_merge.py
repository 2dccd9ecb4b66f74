"""Two contacts become one on every store, and undo brings both back as they were."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.errors import NotFound, StaleRevision
from graphsvc.features.history.service import undo
from graphsvc.features.merging.schemas import MergeResult
from graphsvc.features.merging.service import merge
from graphsvc.features.merging.uniting import names
from graphsvc.features.privacy.service import restrict
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Change, Delete
from models.doubles import MergeEffect
from models.enums import EdgeKind, Kind
from models.faults import Code, InvalidInput
from models.records import Body
from tests.contract.writing import EVERYTHING, E, N, put, tie, write
from tests.lengths import cases

Records = dict[tuple[Kind, str], Body]


async def state(store: GraphStore) -> Records:
    """All records of both accounts."""
    found = [row for account in ("acme", "bolt") for row in await store.records(EVERYTHING, account)]
    return {(row.kind, row.id): row.body for row in found}


async def merged(
    store: GraphStore, scope: Scope = EVERYTHING, key: str | None = None, **body: Any
) -> MergeResult:
    """Ben merged into Ana, as she stands."""
    revision = (await store.get(EVERYTHING, N.CONTACT, "ana")).revision
    return await merge(store, scope, "ana", {"duplicate_id": "ben", **body}, revision, "request-1", key)


def effects(found: MergeResult) -> list[tuple[str, str, str | None]]:
    return [(note.effect, note.id, note.into) for note in found.notes]


async def everything_tied(store: GraphStore) -> None:
    """Ana and Ben with ties and records of every kind that can name a contact; Ben objected to profiling."""
    await restrict(store, EVERYTHING, "ben", {"reason": "by mail"})
    await write(
        store,
        put(N.DEPARTMENT, "shop"),
        put(
            N.CONTACT,
            "ana",
            external_ids={"crm": "1"},
            channels=[{"kind": "email", "value": "a@x"}],
            wants={"status": 1},
            not_same_as=["ben"],
        ),
        put(
            N.CONTACT,
            "ben",
            external_ids={"crm": "2", "erp": "7"},
            channels=[{"kind": "email", "value": "a@x"}, {"kind": "phone", "value": "1"}],
            wants={"status": 3, "security": 2},
            needs_note="Fast",
        ),
        tie(E.WORKS_IN, "ana", "lab"),
        tie(E.WORKS_IN, "ben", "shop"),
        tie(E.REPORTS_TO, "ana", "cho"),
        tie(E.REPORTS_TO, "ben", "dan"),
        tie(E.INFLUENCES, "ana", "cho", weight=0.4),
        tie(E.INFLUENCES, "ben", "cho", weight=0.6, note="often"),
        tie(E.INFLUENCES, "zoe", "ben"),
        tie(E.INFLUENCES, "ben", "zoe"),
        tie(E.BOND, "ana", "ben"),
        tie(E.BOND, "dan", "ana"),
        tie(E.BOND, "ben", "dan"),
        tie(E.MESSAGES, "ana", "dan", count=2, events=[[10, 1], [20, 1]]),
        tie(E.MESSAGES, "ben", "dan", count=3, events=[[5, 1], [20, 1], [30, 2]]),
        tie(E.KNOWS, "mia", "ana", personal=10.0),
        tie(E.KNOWS, "mia", "ben", personal=90.0, institutional=40.0),
        tie(E.KNOWS, "max", "ben"),
    )
    await others_that_name_them(store)


async def others_that_name_them(store: GraphStore) -> None:
    """The rest of what can name a contact, and the private side of both."""
    private = {"basis": "consent", "source": "he", "expires_on": "2030-01-01"}
    await write(
        store,
        tie(E.COURTS, "rex", "ben"),
        tie(E.PLAYS, "ana", "deal", roles=["user"], attitude=1),
        tie(E.PLAYS, "ben", "deal", roles=["evaluator"], attitude=-1),
        put(N.OPPORTUNITY, "deal", criteria=[{"text": "Quiet", "owner_id": "ben"}]),
        put(N.INTERACTION, "visit", contact_ids=["ben", "cho", "ana"], member_ids=["mia"]),
        put(N.ASSESSMENT, "quiz", contact_id="ben"),
        put(N.ACTION, "todo", contact_id="ben"),
        put(N.DOSSIER, "private-a", contact_id="ana", family={"text": "two sons", **private}),
        put(
            N.DOSSIER,
            "private-b",
            contact_id="ben",
            family={"text": "one son", **private},
            hobbies=[{"text": "chess", **private}],
        ),
        put(N.CONTACT, "cho", not_same_as=["ben"]),
    )


async def test_every_tie_is_kept_and_undo_brings_both_back(filled: GraphStore) -> None:
    await everything_tied(filled)
    before = await state(filled)
    found = await merged(filled)
    after = await state(filled)
    assert (N.CONTACT, "ben") not in after
    assert not any(names(kind, body, "ben") for (kind, _), body in after.items())
    ana = after[N.CONTACT, "ana"]
    assert ana["external_ids"] == {"crm": "1", "crm.2": "2", "erp": "7"}
    assert [channel["value"] for channel in ana["channels"]] == ["a@x", "1"]
    assert (ana["name"], ana["needs_note"], ana["restricted"]) == ("Ana", "Fast", True)
    assert (ana["wants"], ana["not_same_as"]) == ({"status": 1, "security": 2}, [])
    assert {(row.field, row.kept, row.other) for row in found.differing} == {
        ("name", "Ana", "Ben"),
        ("wants.status", 1, 3),
    }
    assert found.contact["revision"] == (await filled.get(EVERYTHING, N.CONTACT, "ana")).revision
    assert sorted(effects(found)) == sorted(
        [
            (MergeEffect.RENAMED_ID, "ben", "ana"),
            (MergeEffect.TOLD_APART, "ben", "ana"),
            (MergeEffect.SELF_TIE, "bond-ana-ben", None),
            (MergeEffect.SECOND_JOB, "works_in-ben-shop", None),
            (MergeEffect.DOTTED, "reports_to-ben-dan", None),
            (MergeEffect.UNITED, "influences-ben-cho", "influences-ana-cho"),
            (MergeEffect.UNITED, "bond-ben-dan", "bond-dan-ana"),
            (MergeEffect.UNITED, "messages-ben-dan", "messages-ana-dan"),
            (MergeEffect.UNITED, "knows-mia-ben", "knows-mia-ana"),
            (MergeEffect.UNITED, "plays-ben-deal", "plays-ana-deal"),
            (MergeEffect.UNITED, "private-b", "private-a"),
        ]
    )
    assert after[E.INFLUENCES, "influences-ana-cho"]["weight"] == 0.4
    assert after[E.INFLUENCES, "influences-ana-cho"]["note"] == "often"
    assert after[E.INFLUENCES, "influences-zoe-ben"]["target_id"] == "ana"
    assert after[E.KNOWS, "knows-mia-ana"]["institutional"] == 40.0
    mails = after[E.MESSAGES, "messages-ana-dan"]
    assert (mails["count"], mails["events"]) == (4, [[5, 1], [10, 1], [20, 1], [30, 2]])
    assert after[E.PLAYS, "plays-ana-deal"]["roles"] == ["user", "evaluator"]
    assert after[N.INTERACTION, "visit"]["contact_ids"] == ["ana", "cho"]
    assert after[N.OPPORTUNITY, "deal"]["criteria"][0]["owner_id"] == "ana"
    assert after[N.DOSSIER, "private-a"]["hobbies"][0]["text"] == "chess"
    told = next(note for note in found.notes if note.id == "private-b").differing
    assert [(row.field, row.kept, row.other) for row in told] == [("family", None, None)]
    assert after[N.CONTACT, "cho"]["not_same_as"] == ["ana"]
    assert (await filled.history(EVERYTHING, N.CONTACT, "ben"))[0].reason == "merge ben into ana"
    await undo(filled, EVERYTHING, str(found.change_set), "request-2")
    assert await state(filled) == before


async def test_a_dry_run_says_the_same_and_writes_nothing(filled: GraphStore) -> None:
    await everything_tied(filled)
    before = await state(filled)
    said = await merged(filled, dry_run=True)
    assert await state(filled) == before
    done = await merged(filled)
    assert said.model_copy(update={"dry_run": False, "change_set": done.change_set}) == done


async def test_sent_again_with_its_key_it_is_answered_as_before(filled: GraphStore) -> None:
    await everything_tied(filled)
    revision = (await filled.get(EVERYTHING, N.CONTACT, "ana")).revision
    body = {"duplicate_id": "ben"}
    first = await merge(filled, EVERYTHING, "ana", body, revision, "request-1", "k1")
    after = await state(filled)
    assert await merge(filled, EVERYTHING, "ana", body, revision, "request-2", "k1") == first
    assert await state(filled) == after
    with pytest.raises(InvalidInput) as refused:
        await merge(filled, EVERYTHING, "ana", {"duplicate_id": "cho"}, revision, "request-3", "k1")
    assert refused.value.faults[0].code is Code.REUSED


async def test_what_is_preferred_comes_from_the_other(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "ben", name="王建国", status="left", wants={"status": 2}))
    found = await merged(filled, prefer={"name": "other", "status": "this"})
    contact = found.contact
    assert (contact["name"], contact["latin_name"], contact["status"]) == ("王建国", "Wang Jianguo", "active")
    assert {(row.field, row.kept, row.other) for row in found.differing} == {
        ("name", "王建国", "Ana"),
        ("status", "active", "left"),
    }


async def test_a_circle_of_lines_is_refused_with_its_place(filled: GraphStore) -> None:
    await write(filled, tie(E.REPORTS_TO, "ben", "cho"), tie(E.REPORTS_TO, "cho", "ana"))
    before = await state(filled)
    for dry_run in (True, False):
        with pytest.raises(InvalidInput) as refused:
            await merged(filled, dry_run=dry_run)
        (fault,) = refused.value.faults
        assert (fault.code, fault.pointer) == (Code.CYCLE, "/duplicate_id")
        assert set(fault.params["path"].split(" → ")) == {"ana", "cho"}
    assert await state(filled) == before


async def test_a_line_between_the_two_gives_way(filled: GraphStore) -> None:
    await write(filled, tie(E.REPORTS_TO, "ana", "ben"), tie(E.REPORTS_TO, "ben", "dan"))
    found = await merged(filled)
    assert effects(found) == [(MergeEffect.SELF_TIE, "reports_to-ana-ben", None)]
    line = (await filled.get(EVERYTHING, E.REPORTS_TO, "reports_to-ben-dan")).body
    assert (line["source_id"], line["line"]) == ("ana", "solid")


async def test_lines_of_different_times_are_both_kept(filled: GraphStore) -> None:
    await write(
        filled,
        tie(E.REPORTS_TO, "ana", "cho", until="2024-01-01"),
        tie(E.REPORTS_TO, "ben", "cho", since="2024-01-01"),
    )
    found = await merged(filled)
    assert (found.notes, found.moved) == ([], {"reports_to": 1})


async def test_a_line_that_held_longer_holds_on(filled: GraphStore) -> None:
    await write(
        filled,
        tie(E.REPORTS_TO, "ana", "cho", until="2024-01-01"),
        tie(E.REPORTS_TO, "ben", "cho", since="2023-01-01"),
    )
    await merged(filled)
    line = (await filled.get(EVERYTHING, E.REPORTS_TO, "reports_to-ana-cho")).body
    assert ("since" in line, "until" in line, line["line"]) == (False, False, "solid")


async def test_who_cannot_be_merged(filled: GraphStore) -> None:
    before = await state(filled)
    for body, code, pointer in (
        ({"duplicate_id": "ana"}, Code.SAME_PERSON, "/duplicate_id"),
        ({"duplicate_id": "nobody"}, Code.UNKNOWN_RECORD, "/duplicate_id"),
        ({"duplicate_id": "zoe"}, Code.MERGE_ACROSS, "/duplicate_id"),
        ({}, Code.MISSING, "/duplicate_id"),
        (
            {"duplicate_id": "ben", "prefer": {"restricted": "other"}},
            Code.UNKNOWN_FIELD,
            "/prefer/restricted",
        ),
        ({"duplicate_id": "ben", "prefer": {"name": "mine"}}, Code.INVALID_VALUE, "/prefer/name"),
    ):
        with pytest.raises(InvalidInput) as refused:
            await merge(filled, EVERYTHING, "ana", body, 1, "request-1")
        assert [(fault.code, fault.pointer) for fault in refused.value.faults] == [(code, pointer)]
    with pytest.raises(StaleRevision):
        await merge(filled, EVERYTHING, "ana", {"duplicate_id": "ben"}, 7, "request-1")
    with pytest.raises(NotFound):
        await merge(filled, EVERYTHING, "nobody", {"duplicate_id": "ben"}, 1, "request-1")
    assert await state(filled) == before


async def test_ties_outside_the_scope_hold_a_merge_up(filled: GraphStore) -> None:
    await write(filled, tie(E.INFLUENCES, "ben", "zoe"), tie(E.INFLUENCES, "zoe", "ana"))
    inside = Scope("bob", frozenset({"acme"}))
    with pytest.raises(InvalidInput) as refused:
        await merged(filled, inside)
    assert (refused.value.faults[0].code, refused.value.faults[0].params["count"]) == (Code.HELD_OUTSIDE, 1)
    assert (await merged(filled)).moved == {"influences": 1}


async def test_what_touches_a_contact(filled: GraphStore) -> None:
    await everything_tied(filled)
    found = await filled.touching(EVERYTHING, N.CONTACT, "ben")
    named = {key for key, body in (await state(filled)).items() if names(key[0], body, "ben")}
    assert {(row.kind, row.id) for row in found.records} == named
    assert found.hidden == 0
    with pytest.raises(NotFound):
        await filled.touching(Scope("bob", frozenset({"bolt"})), N.CONTACT, "ben")


PEOPLE = ("ana", "ben", "cho", "dan", "zoe")
KINDS = (E.REPORTS_TO, E.INFLUENCES, E.BOND, E.MESSAGES, E.KNOWS, E.PLAYS)
TIES = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
        st.sampled_from(["", "2020", "2024"]),
    ),
    max_size=14,
)


def changes_of(drawn: list[tuple[EdgeKind, str, str, str]]) -> list[Change]:
    """Ties that no rule forbids: lines are dotted, ends inside one account but for those that may cross."""
    made: list[Change] = []
    for number, (kind, source, target, since) in enumerate(drawn):
        more: dict[str, Any] = {"since": f"{since}-01-01"} if since else {}
        if kind is E.KNOWS:
            source = "mia"
        elif kind is E.PLAYS:
            target = "deal"
        elif source == target or (kind is E.MESSAGES and "zoe" in (source, target)):
            continue
        if kind is E.PLAYS and source == "zoe":
            continue
        if kind is E.REPORTS_TO:
            more["line"] = "dotted"
        made.append(tie(kind, source, target, id=f"t{number}", **more))
    return made


@settings(max_examples=cases(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=TIES)
async def test_no_tie_is_lost_and_undo_is_the_identity(
    drawn: list[tuple[EdgeKind, str, str, str]], filled: GraphStore
) -> None:
    changes = changes_of(drawn)
    if changes:
        await write(filled, *changes)
    before = await state(filled)
    found = await merged(filled)
    after = await state(filled)
    gone = {key for key in before if key not in after} - {(N.CONTACT, "ben")}
    said = {note.id for note in found.notes if note.effect in (MergeEffect.UNITED, MergeEffect.SELF_TIE)}
    assert {id_ for _, id_ in gone} == said
    assert set(after) <= set(before)
    assert not any("ben" in (body.get("source_id"), body.get("target_id")) for body in after.values())
    at_ben = [
        b
        for (k, _), b in before.items()
        if isinstance(k, EdgeKind) and "ben" in (b["source_id"], b["target_id"])
    ]
    assert len(at_ben) == sum(found.moved.values()) + len(gone)
    await undo(filled, EVERYTHING, str(found.change_set), "request-2")
    assert await state(filled) == before
    if changes:
        await write(filled, *(Delete(change.kind, change.record.id) for change in changes))  # type: ignore[union-attr]
