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
    first, last, found = await diff(filled, EVERYTHING, "acme", start, end)
    assert (first, last) == (7, 17)
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
    _, _, backwards = await diff(filled, EVERYTHING, "acme", end, end + timedelta(days=1))
    assert backwards == []
