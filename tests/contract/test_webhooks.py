"""Webhooks over both stores: what is told, in which order, and again with its id until it is taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graphsvc.access.audit import Visit
from graphsvc.access.desk import Desk
from graphsvc.conflicts import WebhookChanged
from graphsvc.errors import NotFound, NoWebhook
from graphsvc.features.operations.service import backup, restore
from graphsvc.features.webhooks.kept import PLACES, STARTS, STATES, WEBHOOKS, find_hook, rest_all, state_of
from graphsvc.features.webhooks.lease import LEASE_S, Lease
from graphsvc.features.webhooks.messages import MOST
from graphsvc.features.webhooks.posting import Poster
from graphsvc.features.webhooks.schemas import Webhook
from graphsvc.features.webhooks.sender import DELAYS_S, GIVEN_UP, RECENT, Sender
from graphsvc.features.webhooks.service import Office
from graphsvc.stores.keeping import Kept
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Delete
from models.erasures import Erasing
from models.webhooks import Outcome, Rest
from tests.contract.writing import EVERYTHING, E, N, change_set, put, tie, write
from tests.receiver import Receiver, receiving, silent, status
from tests.stores import settings_of

KEY = b"a secret of the service"


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Bench:
    """A store with accounts, a receiver, a clock, and as many senders as are asked for."""

    def __init__(self, store: GraphStore, receiver: Receiver) -> None:
        self.store, self.receiver, self.clock = store, receiver, Clock()
        self.desk = Desk(store, KEY, self.clock)
        self.senders: list[Sender] = []

    def office(self, scope: Scope = EVERYTHING) -> Office:
        return Office(self.desk, scope, Visit(None), private=True)

    async def hook(self, **asked: Any) -> tuple[Webhook, str]:
        return await self.office().make({"name": "CRM", "url": self.receiver.url, **asked})

    def sender(self) -> Sender:
        made = Sender(self.desk, Poster(private=True), draw=lambda: 0.5)
        self.senders.append(made)
        return made

    async def sent(self, sender: Sender) -> list[list[tuple[str, str]]]:
        """What a round of the sender has brought to the receiver."""
        before = len(self.receiver.got)
        await asyncio.gather(*await sender.look())
        return [got.changes for got in self.receiver.got[before:]]


@pytest.fixture
async def bench(filled: GraphStore) -> AsyncIterator[Bench]:
    async with receiving() as receiver:
        found = Bench(filled, receiver)
        yield found
        for sender in found.senders:
            await sender.close()


async def test_what_changes_is_told_once_and_signed(bench: Bench) -> None:
    _, secret = await bench.hook()
    sender = bench.sender()
    assert await bench.sent(sender) == [], "what was there before is not told"
    await write(bench.store, put(N.CONTACT, "eva"), tie(E.KNOWS, "mia", "eva", id="k"))
    await write(bench.store, put(N.CONTACT, "eva", name="Eva B"))
    await write(bench.store, Delete(N.CONTACT, "eva"))
    assert await bench.sent(sender) == [
        [("created", "eva"), ("created", "k")],
        [("updated", "eva")],
        [("deleted", "eva"), ("deleted", "k")],
    ]
    first = bench.receiver.got[0]
    assert first.told["type"] == "records.changed"
    assert set(first.told) == {"type", "timestamp", "data"}
    assert first.told["data"]["account"] == "acme"
    assert set(first.told["data"]["changes"][0]) == {"sequence", "event", "kind", "id", "revision"}
    assert b"Eva" not in b"".join(got.body for got in bench.receiver.got), "no field of a record is told"
    bench.clock.now = datetime.now(UTC)
    await write(bench.store, put(N.CONTACT, "fay"))
    assert await bench.sent(sender) == [[("created", "fay")]]
    assert bench.receiver.got[-1].is_signed_by(secret)
    assert await bench.sent(sender) == []


async def test_only_what_was_asked_for_is_told(bench: Bench) -> None:
    await bench.hook(accounts=["bolt"], kinds=["contact"], events=["created", "deleted"])
    sender = bench.sender()
    await write(bench.store, put(N.CONTACT, "eva"))
    await write(bench.store, put(N.CONTACT, "zed", account_id="bolt"), put(N.ACCOUNT, "bolt", name="B"))
    await write(bench.store, put(N.CONTACT, "zed", account_id="bolt", name="Zed B"))
    await write(bench.store, put(N.DOSSIER, "d", contact_id="zed", account_id="bolt"))
    await write(bench.store, Delete(N.CONTACT, "zed"))
    assert await bench.sent(sender) == [[("created", "zed")], [("deleted", "zed")]]
    assert await bench.sent(bench.sender()) == []


async def test_a_dossier_is_never_told(bench: Bench) -> None:
    await bench.hook()
    await write(bench.store, put(N.DOSSIER, "d", contact_id="ana"), put(N.CONTACT, "eva"))
    assert await bench.sent(bench.sender()) == [[("created", "eva")]]


async def test_an_erasure_is_told_to_all(bench: Bench) -> None:
    await bench.hook(kinds=["product"])
    await bench.store.erase(EVERYTHING, Erasing(change_set().id, "ana"))
    assert [changes[-1] for changes in await bench.sent(bench.sender())] == [("erased", "ana")]


async def test_a_large_change_set_comes_in_parts_and_a_new_account_by_itself(bench: Bench) -> None:
    await bench.hook()
    people = [put(N.CONTACT, f"p{number:03}") for number in range(2 * MOST + 5)]
    await write(bench.store, *people)
    await write(bench.store, put(N.ACCOUNT, "new"), put(N.CONTACT, "nia", account_id="new"))
    parts = await bench.sent(bench.sender())
    assert [len(part) for part in parts] == [MOST, MOST, 5, 2]
    assert [id_ for part in parts[:3] for _, id_ in part] == [f"p{n:03}" for n in range(2 * MOST + 5)]
    assert len({got.id for got in bench.receiver.got}) == 4


async def test_what_was_not_taken_comes_again_with_its_id_on_schedule(bench: Bench) -> None:
    hook, _ = await bench.hook()
    sender = bench.sender()
    bench.receiver.behave = status(500)
    await write(bench.store, put(N.CONTACT, "eva"))
    await write(bench.store, put(N.CONTACT, "fay"))
    assert await bench.sent(sender) == [[("created", "eva")]], "who does not take one gets no other"
    for number, delay in enumerate(DELAYS_S[:3], start=1):
        state = await state_of(bench.store, hook.id)
        assert (state.attempts, state.recent[0].outcome) == (number, Outcome.REFUSED)
        bench.clock.on(delay)
        assert await bench.sent(sender) == [], "it is too early"
        bench.clock.on(delay * 0.1)
        if number == 3:
            bench.receiver.behave = status(204)
        await bench.sent(sender)
    assert [got.changes[0][1] for got in bench.receiver.got] == ["eva"] * 4 + ["fay"]
    assert len({got.id for got in bench.receiver.got}) == 2
    state = await state_of(bench.store, hook.id)
    assert (state.attempts, state.failing_since, state.next_at) == (0, None, None)
    assert [each.attempt for each in state.recent] == [1, 4, 3, 2, 1]


async def test_who_asks_to_be_left_alone_is(bench: Bench) -> None:
    hook, _ = await bench.hook()
    bench.receiver.behave = status(429, Retry_After="3600")
    await write(bench.store, put(N.CONTACT, "eva"))
    await bench.sent(bench.sender())
    assert (await state_of(bench.store, hook.id)).next_at == bench.clock.now + timedelta(hours=1)


@pytest.mark.parametrize(
    ("code", "days", "rest"), [(410, timedelta(0), Rest.GONE), (500, GIVEN_UP, Rest.FAILING)]
)
async def test_who_takes_nothing_is_stopped_and_goes_on_where_it_was(
    bench: Bench, code: int, days: timedelta, rest: Rest
) -> None:
    hook, _ = await bench.hook()
    sender = bench.sender()
    bench.receiver.behave = status(code)
    await write(bench.store, put(N.CONTACT, "eva"))
    await bench.sent(sender)
    bench.clock.on(days.total_seconds())
    if days:
        assert (await find_hook(bench.store, hook.id)).stopped is None
        await bench.sent(sender)
    (told,) = await bench.office().all()
    assert (told.active, told.stopped) == (False, rest)
    bench.receiver.behave = status(200)
    bench.clock.on(GIVEN_UP.total_seconds())
    assert await bench.sent(sender) == []
    await bench.office().change(hook.id, {"active": True}, told.revision)
    assert await bench.sent(sender) == [[("created", "eva")]]


async def test_of_two_processes_one_sends_until_it_is_silent(bench: Bench) -> None:
    await bench.hook()
    first, second = bench.sender(), bench.sender()
    await write(bench.store, put(N.CONTACT, "eva"))
    assert await bench.sent(first) == [[("created", "eva")]]
    await write(bench.store, put(N.CONTACT, "fay"))
    assert await bench.sent(second) == []
    await first.close()
    assert await bench.sent(second) == [[("created", "fay")]], "who ends leaves the right at once"
    third = bench.sender()
    await write(bench.store, put(N.CONTACT, "gus"))
    assert await bench.sent(third) == []
    bench.clock.on(LEASE_S)
    assert await bench.sent(third) == [[("created", "gus")]], "who dies leaves it after a while"


async def test_of_many_who_want_a_right_one_has_it(bench: Bench) -> None:
    taken = await asyncio.gather(*(Lease(bench.desk, "x").take() for _ in range(8)))
    assert sum(taken) == 1


async def test_a_right_is_kept_by_who_renews_it(bench: Bench) -> None:
    mine, other = Lease(bench.desk, "x"), Lease(bench.desk, "x")
    assert await mine.take()
    for _ in range(5):
        bench.clock.on(LEASE_S / 2)
        assert await mine.take()
        assert not await other.take()
    bench.clock.on(LEASE_S)
    assert not mine.held()
    assert await other.take()
    assert not await mine.take()


async def test_a_webhook_that_hangs_holds_up_no_other(bench: Bench) -> None:
    async with receiving(silent) as deaf:
        await bench.office().make({"name": "Deaf", "url": deaf.url})
        await bench.hook()
        await write(bench.store, put(N.CONTACT, "eva"))
        sender = bench.sender()
        tasks = await sender.look()
        await asyncio.wait_for(bench.receiver.arrived.wait(), 30)
        await asyncio.wait_for(deaf.arrived.wait(), 30)
        assert len(tasks) == 2
        applied = await write(bench.store, put(N.CONTACT, "fay"))
        assert applied.put == 1, "nor a write"
        assert not all(task.done() for task in tasks)
        await sender.close()
        assert all(task.done() for task in tasks)


async def test_a_new_secret_signs_beside_the_old_one_for_a_time(bench: Bench) -> None:
    bench.clock.now = datetime.now(UTC)
    hook, old = await bench.hook()
    told, new = await bench.office().rotate(hook.id, {"keep_old_hours": 1})
    assert told.old_secret_until == bench.clock.now + timedelta(hours=1)
    assert old != new
    sender = bench.sender()
    await write(bench.store, put(N.CONTACT, "eva"))
    await bench.sent(sender)
    assert bench.receiver.got[-1].is_signed_by(old)
    assert bench.receiver.got[-1].is_signed_by(new)
    again, third = await bench.office().rotate(hook.id, {"keep_old_hours": 0})
    assert again.old_secret_until is None
    await write(bench.store, put(N.CONTACT, "fay"))
    await bench.sent(sender)
    last = bench.receiver.got[-1]
    assert [last.is_signed_by(secret) for secret in (old, new, third)] == [False, False, True]


async def test_a_new_secret_that_was_lost_on_its_way_ends_no_old_one(bench: Bench) -> None:
    bench.clock.now = datetime.now(UTC)
    hook, old = await bench.hook()
    sender = bench.sender()
    secrets = [old, *[(await bench.office().rotate(hook.id, {}))[1] for _ in range(2)]]
    await write(bench.store, put(N.CONTACT, "eva"))
    await bench.sent(sender)
    assert all(bench.receiver.got[-1].is_signed_by(secret) for secret in secrets)
    told, newest = await bench.office().rotate(hook.id, {"keep_old_hours": 0})
    assert told.old_secret_until is None, "a secret that leaked ends at once, and those before it"
    await write(bench.store, put(N.CONTACT, "fay"))
    await bench.sent(sender)
    assert bench.receiver.got[-1].is_signed_by(newest)
    assert not any(bench.receiver.got[-1].is_signed_by(secret) for secret in secrets)


async def test_no_secret_lies_in_the_store(bench: Bench) -> None:
    hook, secret = await bench.hook()
    kept = [await bench.store.kept_in(area) for area in (WEBHOOKS, STATES, STARTS, PLACES)]
    assert secret.removeprefix("whsec_") not in repr(kept)
    elsewhere = Office(Desk(bench.store, b"another"), EVERYTHING, Visit(None), private=True)
    assert secret not in (await elsewhere.rotate(hook.id, {}))


async def test_what_lies_outside_the_scope_is_not_there(bench: Bench) -> None:
    bolt = bench.office(Scope("bob", frozenset({"bolt"})))
    whole, _ = await bench.hook()
    part, _ = await bench.hook(accounts=["bolt"])
    assert [hook.id for hook in await bolt.all()] == [part.id]
    with pytest.raises(NoWebhook):
        await bolt.find(whole.id)
    with pytest.raises(NotFound):
        await bolt.make({"name": "x", "url": bench.receiver.url, "accounts": ["acme"]})
    own, _ = await bolt.make({"name": "x", "url": bench.receiver.url})
    assert own.accounts == ("bolt",), "who sees some accounts makes none that tells of all"


async def test_a_webhook_that_is_removed_leaves_nothing(bench: Bench) -> None:
    hook, _ = await bench.hook()
    await write(bench.store, put(N.CONTACT, "eva"))
    await bench.sent(bench.sender())
    assert len(await bench.store.kept_in(PLACES)) == 1
    with pytest.raises(WebhookChanged):
        await bench.office().remove(hook.id, hook.revision + 1)
    await bench.office().remove(hook.id, hook.revision)
    for area in (WEBHOOKS, STATES, STARTS, PLACES):
        assert await bench.store.kept_in(area) == []
    with pytest.raises(NoWebhook):
        await bench.office().find(hook.id)


@pytest.mark.parametrize("logical", [True, False])
async def test_what_is_restored_sends_when_it_is_told_to(bench: Bench, tmp_path: Path, logical: bool) -> None:
    await bench.hook()
    await write(bench.store, put(N.CONTACT, "eva"))
    await bench.sent(bench.sender())
    await write(bench.store, put(N.CONTACT, "fay"))
    made = await backup(bench.store, EVERYTHING, tmp_path / "made", logical)
    url = f"sqlite:///{tmp_path / 'restored.db'}"
    await restore(made.path, url, settings_of(), EVERYTHING)
    restored = await open_store(url, settings_of())
    copy = Bench(restored, bench.receiver)
    copy.clock.on(LEASE_S)
    assert await copy.sent(copy.sender()) == []
    (told,) = await copy.office().all()
    assert told.stopped is Rest.RESTORED
    await copy.office().change(told.id, {"active": True}, told.revision)
    assert await copy.sent(copy.senders[0]) == [[("created", "fay")]]
    await copy.senders[0].close()
    await restored.close()


async def test_no_place_lies_beyond_the_end_of_a_restored_log(bench: Bench) -> None:
    hook, _ = await bench.hook()
    await write(bench.store, put(N.CONTACT, "eva"))
    sender = bench.sender()
    await bench.sent(sender)
    (place,) = await bench.store.kept_in(PLACES)
    ahead = {**place.body, "sequence": place.body["sequence"] + 1}
    await bench.store.keep(Kept(PLACES, place.key, place.owner, ahead))
    start = await bench.store.kept(STARTS, hook.id)
    assert start is not None
    await bench.store.keep(Kept(STARTS, hook.id, hook.id, {**start.body, "bolt": 10**6}))
    await rest_all(bench.store)
    await bench.office().change(hook.id, {"active": True}, hook.revision + 1)
    await write(bench.store, put(N.CONTACT, "fay"), put(N.CONTACT, "zed", account_id="bolt"))
    told = await bench.sent(sender)
    assert sorted(change for message in told for change in message) == [
        ("created", "fay"),
        ("created", "zed"),
    ]


async def test_only_the_last_deliveries_are_kept(bench: Bench) -> None:
    hook, _ = await bench.hook()
    for number in range(RECENT + 2):
        await bench.store.apply(EVERYTHING, change_set(put(N.CONTACT, f"p{number}")))
    assert len(await bench.sent(bench.sender())) == RECENT + 2
    assert len((await state_of(bench.store, hook.id)).recent) == RECENT
