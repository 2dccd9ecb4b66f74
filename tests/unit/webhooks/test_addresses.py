"""What webhooks may be sent to: addresses, names that mean others later, texts that are no address."""

from __future__ import annotations

from collections.abc import Iterable

import httpcore
import pytest

from graphsvc.features.webhooks.addresses import Reach, may_reach, reach_of
from graphsvc.features.webhooks.posting import Poster
from models.fields import Unfit
from models.webhooks import Outcome

_INNER = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.254 127.0.0.1 127.1.2.3
    127.255.255.255 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8
    192.0.0.9 192.0.0.10 192.0.0.170 192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1
    192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 224.0.0.251
    239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
    :: ::1 ::2 ::7f00:1 ::127.0.0.1 ::10.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8
    ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b::8.8.8.8
    64:ff9b::169.254.169.254 64:ff9b:1::1 64:ff9b:1::10.0.0.1 100::1 100:0:0:1::1 2001::1 2001:0:4136:e378::1
    2001:1::1 2001:2::1 2001:3::1 2001:4:112::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1
    2002:a00:1::1 2002:808:808::1 2002:a9fe:a9fe::1 2620:4f:8000::1 3fff::1 4000::1 5f00::1 fc00::1 fd00::1
    fd00:ec2::254 fd12:3456:789a::1 fe80::1 fe80::1%eth0 fe80::a9fe:a9fe febf::1 fec0::1 feff::1 ff01::1
    ff02::1 ff05::2 ff0e::1 ffff::1
"""
INNER = _INNER.split()
OUTER = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "193.0.6.139", "2606:4700:4700::1111", "2a00:1450:4001::1"]
NO_ADDRESS = [
    "",
    "localhost",
    "127.1",
    "0x7f.0.0.1",
    "2130706433",
    "017700000001",
    "1.2.3",
    "1.2.3.4.5",
    "::g",
]
AT_HOME = ["10.1.2.3", "172.20.0.1", "192.168.1.1", "127.0.0.1", "::1", "fd12::1"]


def test_there_are_enough_of_them() -> None:
    assert len(set(INNER)) >= 90


@pytest.mark.parametrize("address", [*INNER, *NO_ADDRESS])
def test_what_only_we_can_reach_is_refused(address: str) -> None:
    assert not may_reach(address, Reach.PUBLIC)


@pytest.mark.parametrize("address", OUTER)
def test_what_anybody_can_reach_is_not(address: str) -> None:
    assert may_reach(address, Reach.PUBLIC)
    assert may_reach(address, Reach.PRIVATE)
    assert not may_reach(address, Reach.LOOPBACK)


def test_who_allows_private_addresses_allows_these_alone() -> None:
    assert {address for address in INNER if may_reach(address, Reach.PRIVATE)} == {
        address
        for address in INNER
        if address.startswith(("10.", "127.", "172.", "192.168.", "fc00:", "fd00::", "fd12:"))
        or address == "::1"
    }
    assert all(may_reach(address, Reach.PRIVATE) for address in AT_HOME)
    assert [address for address in INNER if may_reach(address, Reach.LOOPBACK)] == [
        address for address in INNER if address.startswith("127.") or address == "::1"
    ]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "https://",
        "https:///path",
        "//example.org",
        "example.org",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://example.org/#part",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://[::1",
        "https://example.org/ space",
        "https://example.org/\r\nX: 1",
        "https://例子.example/",
        "http://example.org/",
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
    ],
)
def test_what_is_no_address_to_send_to_is_refused_at_once(url: str) -> None:
    with pytest.raises(Unfit) as refused:
        reach_of(url, private=False)
    assert refused.value.label.zh


def test_without_tls_is_for_loopback_alone() -> None:
    assert reach_of("https://example.org/x?y=1", private=False) is Reach.PUBLIC
    assert reach_of("https://10.0.0.1/", private=True) is Reach.PRIVATE
    assert reach_of("http://localhost:8080/", private=True) is Reach.LOOPBACK
    with pytest.raises(Unfit):
        reach_of("http://10.0.0.1/", private=True)
    with pytest.raises(Unfit):
        reach_of("https://169.254.169.254/", private=True)


class Noted(httpcore.AsyncNetworkBackend):
    """Takes down what it is to connect to, and connects to nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        self.asked.append(host)
        raise httpcore.ConnectError


async def sent(*answers: Iterable[str], url: str = "https://example.org/") -> tuple[Outcome, list[str], int]:
    """How a delivery went where the name means these in turn, what was connected to, how often asked."""
    noted, times = Noted(), 0

    async def resolve(host: str, port: int) -> list[str]:
        nonlocal times
        found = answers[min(times, len(answers) - 1)]
        times += 1
        return list(found)

    poster = Poster(resolve=resolve, connecting=noted)
    answered = await poster.post(url, b"{}", {})
    poster.close()
    return answered.outcome, noted.asked, times


async def test_a_name_that_turns_inward_after_the_check_is_not_followed() -> None:
    public, inner = ["93.184.216.34"], ["127.0.0.1"]
    assert await sent(public, inner) == (Outcome.UNREACHABLE, public, 1), "the name is asked for once"
    assert await sent(inner, public) == (Outcome.ADDRESS_REFUSED, [], 1)


@pytest.mark.parametrize("inner", ["127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "169.254.169.254"])
async def test_a_name_with_one_inner_address_is_refused_whole(inner: str) -> None:
    assert (await sent(["93.184.216.34", inner]))[:2] == (Outcome.ADDRESS_REFUSED, [])


async def test_every_address_of_a_name_is_tried_and_names_without_one_are_told() -> None:
    both = ["93.184.216.34", "2606:4700:4700::1111"]
    assert (await sent(both))[:2] == (Outcome.UNREACHABLE, both)
    assert (await sent([]))[:2] == (Outcome.UNKNOWN_HOST, [])


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost"])
async def test_other_ways_to_write_loopback_are_refused_when_they_are_resolved(host: str) -> None:
    noted = Noted()
    poster = Poster(connecting=noted)
    answered = await poster.post(f"https://{host}/", b"{}", {})
    poster.close()
    assert answered.outcome in (Outcome.ADDRESS_REFUSED, Outcome.UNKNOWN_HOST)
    assert noted.asked == []
