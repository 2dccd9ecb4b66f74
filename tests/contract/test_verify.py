"""The change log verifies: whatever was written, and also for accounts that are gone."""

from __future__ import annotations

import pytest

from graphsvc.errors import NotFound
from graphsvc.features.history.service import undo
from graphsvc.features.history.verifying import verify
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Delete
from tests.contract.writing import EVERYTHING, E, N, put, tie, whole_log, write


async def test_every_log_verifies_up_to_its_head(filled: GraphStore) -> None:
    await write(filled, tie(E.INFLUENCES, "zoe", "ana"), put(N.MEMBER, "mia", city="Graz"))
    gone = await write(filled, Delete(N.CONTACT, "zoe"), Delete(N.ACCOUNT, "bolt"))
    await undo(filled, EVERYTHING, gone.change_set, "request-2")
    await write(filled, Delete(N.CONTACT, "zoe"), Delete(N.ACCOUNT, "bolt"))
    await write(filled, *(put(N.CONTACT, f"p{number:04}") for number in range(2_500)))
    heads = await filled.heads(EVERYTHING)
    assert [head.account for head in heads] == ["acme", "bolt", "firm"]
    for head in heads:
        verdict = await verify(filled, EVERYTHING, head.account)
        assert (verdict.first_bad, verdict.head) == (None, head)
        assert verdict.head.sequence == len(await whole_log(filled, head.account))


async def test_an_anchor_is_any_place_of_the_log(filled: GraphStore) -> None:
    for entry in await whole_log(filled, "acme"):
        assert entry.seal is not None
        assert (await verify(filled, EVERYTHING, "acme", (entry.sequence, entry.seal.hash))).first_bad is None
        wrong = await verify(filled, EVERYTHING, "acme", (entry.sequence, "0" * 64))
        assert wrong.first_bad == entry.sequence


async def test_the_heads_lie_in_the_scope(filled: GraphStore) -> None:
    heads = await filled.heads(Scope("bob", frozenset({"bolt"})))
    assert [head.account for head in heads] == ["bolt", "firm"]


async def test_equal_values_have_different_digests(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "ana", name="B"))
    await write(filled, put(N.CONTACT, "ana"))
    seals = [entry.seal for entry in await whole_log(filled, "acme") if entry.id == "ana"]
    digests = [
        digest for seal in seals if seal for digest in (seal.digest_before, seal.digest_after) if digest
    ]
    assert len(set(digests)) == len(digests) == 5


async def test_records_are_as_their_logs_left_them(filled: GraphStore) -> None:
    await write(filled, tie(E.KNOWS, "mia", "ana"), tie(E.INFLUENCES, "zoe", "ana", weight=0.1 + 0.2))
    await write(filled, Delete(N.CONTACT, "ben"), put(N.MEMBER, "mia", city="Graz"))
    await write(filled, put(N.CONTACT, "ben", name="Again"), Delete(N.MEMBER, "max"))
    for log in ("acme", "bolt", "firm"):
        assert await filled.unlike_log(EVERYTHING, log) is None
        assert (await verify(filled, EVERYTHING, log)).good
    with pytest.raises(NotFound):
        await filled.unlike_log(Scope("bob", frozenset({"bolt"})), "acme")
