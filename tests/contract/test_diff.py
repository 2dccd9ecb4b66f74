"""What differs between two times."""

from __future__ import annotations

from datetime import timedelta

from graphsvc.features.history.differing import diff
from graphsvc.stores.port import GraphStore
from models.changes import Delete
from tests.contract.writing import EVERYTHING, E, N, put, tie, whole_log, write


async def test_what_was_added_removed_and_changed_with_the_fields(filled: GraphStore) -> None:
    start = (await whole_log(filled, "acme"))[-1].at
    await write(filled, put(N.CONTACT, "ana", name="B", source="a friend"), put(N.CONTACT, "new"))
    await write(filled, put(N.CONTACT, "ben", name="X"), put(N.CONTACT, "brief"), Delete(N.CONTACT, "dan"))
    await write(filled, put(N.CONTACT, "ben"), Delete(N.CONTACT, "brief"), tie(E.KNOWS, "mia", "new"))
    dossier = put(N.DOSSIER, "secret", contact_id="ana")
    await write(filled, tie(E.INFLUENCES, "ana", "zoe"), dossier)
    end = (await whole_log(filled, "acme"))[-1].at
    difference = await diff(filled, EVERYTHING, "acme", start, end)
    found = difference.items
    assert (difference.first.account, difference.last.account) == (7, 17)
    assert [(row.change, row.kind, row.id) for row in found] == [
        ("changed", "contact", "ana"),
        ("removed", "contact", "dan"),
        ("added", "contact", "new"),
        ("added", "knows", "knows-mia-new"),
    ]
    fields = {field.name: (field.before, field.after) for field in found[0].fields}
    assert fields["name"] == ("Ana", "B")
    assert fields["source"] == (None, "a friend")
    assert "id" not in fields
    assert (found[0].name, found[1].name) == ("B", "Dan")
    assert (found[3].source_name, found[3].target_name) == ("Mia", "New")
    assert (await diff(filled, EVERYTHING, "acme", end, end + timedelta(days=1))).items == []


async def test_changes_of_the_firm_that_the_account_has_to_do_with(filled: GraphStore) -> None:
    await write(filled, tie(E.KNOWS, "mia", "ana"), tie(E.KNOWS, "max", "zoe"), put(N.MEMBER, "old"))
    await write(filled, tie(E.KNOWS, "old", "ben"))
    start = (await whole_log(filled, "acme"))[-1].at
    await write(filled, put(N.MEMBER, "mia", city="Graz"), put(N.MEMBER, "max", city="Linz"))
    await write(filled, put(N.MEMBER, "new"), tie(E.KNOWS, "new", "ben"), tie(E.COMPETES_IN, "rivco", "deal"))
    await write(filled, Delete(N.MEMBER, "old"))
    end = (await whole_log(filled, "firm"))[-1].at
    found = (await diff(filled, EVERYTHING, "acme", start, end)).items
    assert [(row.change, row.id) for row in found if row.kind in ("member", "competitor")] == [
        ("changed", "mia"),
        ("added", "new"),
        ("removed", "old"),
    ]
    gone = next(row for row in found if row.id == "knows-old-ben")
    assert (gone.change, gone.source_name, gone.target_name) == ("removed", "Old", "Ben")


async def test_an_account_is_made_and_deleted_between_two_times(filled: GraphStore) -> None:
    made = (await whole_log(filled, "bolt"))[0].at
    early = made - timedelta(days=1)
    found = (await diff(filled, EVERYTHING, "bolt", early, made)).items
    assert [(row.change, row.id) for row in found] == [("added", "bolt"), ("added", "zoe")]
    await write(filled, Delete(N.CONTACT, "zoe"), Delete(N.ACCOUNT, "bolt"))
    found = (await diff(filled, EVERYTHING, "bolt", made, made + timedelta(days=1))).items
    assert [(row.change, row.id) for row in found] == [("removed", "bolt"), ("removed", "zoe")]
