"""The channels between accounts are the same on every store, and nothing outside the scope shows."""

from __future__ import annotations

from datetime import UTC, datetime

from graphsvc.features.across import channels_known
from graphsvc.stores.port import GraphStore, Scope
from models.enums import AccountStatus, ChannelLink, ChannelRole, Tier
from queries.relations.channels import ChannelAccount, Channels, ChannelTie
from tests.contract.writing import EVERYTHING, E, N, put, tie, write

ACME = ChannelAccount("acme", "王 & Co", AccountStatus.CUSTOMER, Tier.A, ChannelRole.MANUFACTURER)
BOLT = ChannelAccount("bolt", "Bolt", AccountStatus.PROSPECT, None, None)
COIL = ChannelAccount("coil", "Coil", AccountStatus.PROSPECT, None, None)
LATER = datetime(2999, 1, 1, tzinfo=UTC)
LINKS = (
    ChannelTie("c1", "bolt", "acme", ChannelLink.SUPPLIES, 0.1 + 0.2, "2025-01-01", None),
    ChannelTie("c2", "acme", "coil", ChannelLink.OWNS, None, None, "2025-06-01"),
)


async def told(store: GraphStore) -> None:
    await write(
        store,
        put(N.ACCOUNT, "acme", name="王 & Co", status="customer", tier="A", channel_role="manufacturer"),
        put(N.ACCOUNT, "coil"),
        tie(E.CHANNEL, "bolt", "acme", id="c1", share=0.1 + 0.2, since="2025-01-01"),
        tie(E.CHANNEL, "acme", "coil", id="c2", kind="owns", until="2025-06-01"),
    )


async def test_accounts_and_links_of_all(filled: GraphStore) -> None:
    await told(filled)
    assert await filled.channels(EVERYTHING) == Channels((ACME, BOLT, COIL), LINKS)


async def test_of_the_past_the_logs_tell(filled: GraphStore) -> None:
    before = await channels_known(filled, EVERYTHING, datetime.now(UTC))
    await told(filled)
    assert await channels_known(filled, EVERYTHING, LATER) == await filled.channels(EVERYTHING)
    assert before.ties == ()
    assert {account.id for account in before.accounts} == {"acme", "bolt"}


async def test_a_link_is_seen_by_who_sees_both_ends(filled: GraphStore) -> None:
    await told(filled)
    assert await filled.channels(Scope("tester", frozenset({"acme", "bolt"}))) == Channels(
        (ACME, BOLT), LINKS[:1]
    )
    assert await filled.channels(Scope("tester", frozenset({"acme", "nowhere"}))) == Channels((ACME,), ())
    assert await filled.channels(Scope("tester", frozenset())) == Channels((), ())


async def test_an_empty_store_has_no_channels(store: GraphStore) -> None:
    assert await store.channels(EVERYTHING) == Channels((), ())
