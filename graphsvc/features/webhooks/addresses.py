"""Which addresses the service may send to: a webhook must not reach what only we can reach.

What may be is listed, for IPv6 wholly: ways that carry IPv4 inside (mapped, NAT64, 6to4, Teredo) lie outside
of it. Special ranges: the registries of RFC 6890; the rest are addresses of metadata services of clouds.
"""

from __future__ import annotations

import ipaddress
from enum import Enum
from urllib.parse import SplitResult, urlsplit

from models.fields import Unfit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Reach(Enum):
    """How far a webhook may go."""

    PUBLIC = "public"
    PRIVATE = "private"
    LOOPBACK = "loopback"


def _networks(*texts: str) -> tuple[Network, ...]:
    return tuple(map(ipaddress.ip_network, texts))


_UNICAST_6 = ipaddress.ip_network("2000::/3")
_NEVER = _networks(
    "192.88.99.0/24",  # relays of 6to4
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.175.48.0/24",
    "192.0.0.0/24",
    "168.63.129.16/32",  # the host of Azure
    "2001::/23",  # Teredo, benchmarking, ORCHID
    "2001:db8::/32",
    "2002::/16",  # 6to4
    "2620:4f:8000::/48",
    "3fff::/20",
    "fd00:ec2::/32",  # metadata of AWS
)
_PRIVATE = _networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
_LOOPBACK = _networks("127.0.0.0/8", "::1/128")


def may_reach(text: str, reach: Reach) -> bool:
    """Whether an address lies within the reach. What is no address does not."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if _in(address, _LOOPBACK):
        return reach is not Reach.PUBLIC
    if reach is Reach.LOOPBACK or _in(address, _NEVER):
        return False
    if _in(address, _PRIVATE):
        return reach is Reach.PRIVATE
    unicast = address.version == 4 or address in _UNICAST_6
    return unicast and address.is_global and not address.is_multicast and not address.is_reserved


def _in(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


def reach_of(url: str, private: bool) -> Reach:
    """How far the sending to an address may go: without TLS to loopback alone, and that only if `private`.

    Raises Unfit for an address that nothing may be sent to.
    """
    parts = split(url)
    if parts.scheme == "http" and not private:
        raise Unfit("only https is sent to", "仅支持 https 地址")
    reach = Reach.PUBLIC if not private else Reach.LOOPBACK if parts.scheme == "http" else Reach.PRIVATE
    host = parts.hostname or ""
    if _is_address(host) and not may_reach(host, reach):
        raise Unfit(f"{host} is a private or reserved address", f"{host} 是内网或保留地址")
    return reach


def split(url: str) -> SplitResult:
    """The parts of an address that something can be sent to. Raises Unfit."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or not url.isascii() or not url.isprintable() or " " in url:
        raise Unfit(
            "it is no address like https://example.org/hook", "应为形如 https://example.org/hook 的地址"
        )
    if "@" in parts.netloc or parts.fragment:
        raise Unfit("it may hold no name, password or fragment", "不得包含用户名、密码或片段")
    return parts


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
