"""An account as it was known at some time: the records its log and the firm's had left by then.

The state at a sequence needs no more of a record than its last entry up to there, and the time of the first
one since it was last deleted. Each store finds these in its own way; what both must find is a replay entry
by entry, which stands in the tests.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import orjson

from graphsvc.errors import NotFound
from graphsvc.stores.codec import kind_of, moment_of
from graphsvc.stores.facts import Key
from graphsvc.stores.firm import firm_keys
from graphsvc.stores.listing import in_order
from graphsvc.stores.port import Sequences
from models.at_hand import graph_of
from models.changes import Stored
from models.enums import NodeKind
from models.graph import AccountGraph
from models.kinds import FIRM
from models.records import Body

Then = dict[Key, Stored]
"""Records as they stood."""
Standing = tuple[str, int, str, str, Body]
"""A record as it stood: kind, revision, when it was made and last changed, body."""


def then_of(log: str, standing: Iterable[Standing]) -> Then:
    """The records of a log as they stood. O(records)."""
    kinds, moments = cache(kind_of), cache(moment_of)
    account = None if log == FIRM else log
    found: Then = {}
    for name, revision, made, changed, body in standing:
        kind = kinds(name)
        found[kind, body["id"]] = Stored(kind, body, account, revision, moments(made), moments(changed))
    return found


def records_then(account_id: str, own: Then, firm: Then) -> list[Stored]:
    """An account's records of that time and the firm's it had to do with, in order.

    Raises NotFound if there was no such account.
    """
    if (NodeKind.ACCOUNT, account_id) not in own:
        raise NotFound(NodeKind.ACCOUNT, account_id)
    found: Then = {}
    wanted = dict.fromkeys(key for stored in own.values() for key in firm_keys(stored))
    while wanted:
        # By clocks that disagree a record may have gone before what named it did: it is left out.
        new = {key: firm[key] for key in wanted if key in firm}
        found.update(new)
        wanted = dict.fromkeys(k for stored in new.values() for k in firm_keys(stored) if k not in found)
    return in_order([*own.values(), *found.values()])


def graph_then(account_id: str, records: Iterable[Stored], at: Sequences) -> AccountGraph:
    """The account graph of records of that time. O(n log n)."""
    return graph_of(account_id, ((row.kind, row.body) for row in records), at.account, at.firm)


def bodies_of(texts: Iterable[str]) -> list[Body]:
    """Bodies of their JSON texts, decoded at once."""
    found: list[Body] = orjson.loads(f"[{','.join(texts)}]")
    return found
