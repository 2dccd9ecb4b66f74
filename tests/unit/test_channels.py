"""The channel map: how goods pass, by hand and against every way through the links."""

from __future__ import annotations

from datetime import date

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from models.enums import AccountStatus, ChannelLink, ChannelRole
from queries.relations.channels import ChannelAccount, Channels, ChannelTie, channel_steps, channel_stops

ON = date(2025, 6, 15)
NAMES = ("a", "b", "c", "d", "e")


def account(id_: str, role: ChannelRole | None = None) -> ChannelAccount:
    return ChannelAccount(id_, id_.title(), AccountStatus.CUSTOMER, None, role)


def link(
    source: str,
    target: str,
    kind: ChannelLink = ChannelLink.SUPPLIES,
    since: str | None = None,
    until: str | None = None,
) -> ChannelTie:
    return ChannelTie(f"{source}-{target}-{kind}", source, target, kind, 0.5, since, until)


def channels(accounts: list[ChannelAccount], *ties: ChannelTie) -> Channels:
    return Channels(tuple(accounts), ties)


def test_goods_pass_from_the_supplier_to_the_user() -> None:
    known = channels(
        [
            account("maker", ChannelRole.MANUFACTURER),
            account("mine", ChannelRole.SUPPLIER),
            account("shop", ChannelRole.RETAILER),
            account("town", ChannelRole.END_USER),
            account("alone"),
        ],
        link("shop", "town"),
        link("mine", "maker"),
        link("maker", "shop", ChannelLink.DISTRIBUTES),
        link("mine", "town"),
    )
    steps = channel_steps(known, on=ON)
    assert [(step.source_id, step.target_id) for step in steps] == [
        ("mine", "maker"),
        ("mine", "town"),
        ("maker", "shop"),
        ("shop", "town"),
    ]
    assert not any(step.against for step in steps)
    assert [(stop.account_id, stop.depth) for stop in channel_stops(known, steps)] == [
        ("mine", 0),
        ("maker", 1),
        ("shop", 2),
        ("town", 3),
    ]
    assert (steps[0].evidence[0].kind, steps[0].evidence[0].id) == ("channel", "mine-maker-supplies")


def test_owners_and_partners_carry_no_goods() -> None:
    known = channels([account("a"), account("b")], link("b", "a", ChannelLink.OWNS))
    (step,) = channel_steps(known, on=ON)
    assert (step.goods, step.against) == (False, False)
    assert [stop.depth for stop in channel_stops(known, [step])] == [None, None]


def test_goods_against_the_order_of_roles_are_told() -> None:
    user, shop = account("user", ChannelRole.END_USER), account("shop", ChannelRole.RETAILER)
    known = channels(
        [user, shop, account("odd")], link("user", "shop"), link("shop", "user"), link("user", "odd")
    )
    against = {(step.source_id, step.target_id): step.against for step in channel_steps(known, on=ON)}
    assert against == {("user", "shop"): True, ("shop", "user"): False, ("user", "odd"): False}


def test_a_circle_has_one_depth() -> None:
    known = channels(
        [account(id_) for id_ in "abcd"], link("a", "b"), link("b", "c"), link("c", "b"), link("c", "d")
    )
    depths = {stop.account_id: stop.depth for stop in channel_stops(known, channel_steps(known, on=ON))}
    assert depths == {"a": 0, "b": 1, "c": 1, "d": 2}


def test_only_links_that_hold_on_the_day() -> None:
    known = channels(
        [account("a"), account("b")],
        link("a", "b", since="2025-06-16"),
        link("b", "a", until="2025-06-15"),
        link("a", "b", ChannelLink.PARTNERS, since="2025-06-15", until="2025-06-16"),
    )
    assert [step.kind for step in channel_steps(known, on=ON)] == [ChannelLink.PARTNERS]


@given(st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=9))
def test_depth_is_the_longest_way_where_goods_do_not_circle(pairs: set[tuple[str, str]]) -> None:
    forward = sorted((one, other) for one, other in pairs if one < other)
    known = channels([account(id_) for id_ in NAMES], *(link(one, other) for one, other in forward))
    depths = {stop.account_id: stop.depth for stop in channel_stops(known, channel_steps(known, on=ON))}
    goods = nx.DiGraph(forward)
    expected = {}
    for end in goods:
        ways = [
            len(way) - 1 for start in goods if start != end for way in nx.all_simple_paths(goods, start, end)
        ]
        expected[end] = max(ways, default=0)
    assert depths == expected
