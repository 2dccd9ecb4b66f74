"""Invented accounts of any size, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put
from models.enums import EdgeKind, Function, Kind, NodeKind
from models.records import Body, body_of, read_record

_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
_FUNCTIONS = tuple(Function)
SPAN = 8
SCOPE = Scope("bench")


def account(people: int, ties_each: float = 5.0, seed: int = 1) -> list[tuple[Kind, Body]]:
    """An account of `people` contacts in departments of about 30, with reporting lines, influence ties,
    ten of our people who know a tenth of the contacts, and four interactions per tie of ours."""
    return [(kind, body_of(read_record(kind, body))) for kind, body in _bodies(people, ties_each, seed)]


async def fill(store: GraphStore, people: int, ties_each: float = 5.0, batch: int = 5_000) -> int:
    """Such an account into a store, in change sets of `batch` records; how many records there are."""
    changes = [Put(kind, read_record(kind, body)) for kind, body in account(people, ties_each)]
    for start in range(0, len(changes), batch):
        await store.apply(SCOPE, ChangeSet(f"bench-{start}", tuple(changes[start : start + batch])))
    return len(changes)


def _bodies(people: int, ties_each: float, seed: int) -> Iterator[tuple[Kind, Body]]:
    chance = random.Random(seed)
    yield NodeKind.ACCOUNT, {"id": "bench", "name": f"{people} people", "tier": "A"}
    units = max(1, people // 30)
    for unit in range(units):
        function = _FUNCTIONS[unit % len(_FUNCTIONS)]
        yield (
            NodeKind.DEPARTMENT,
            {"id": f"d{unit}", "account_id": "bench", "name": f"部门 {unit}", "function": str(function)},
        )
    for row in range(people):
        name = chance.choice(_FAMILY) + chance.choice(_GIVEN) + chance.choice(_GIVEN)
        yield NodeKind.CONTACT, {"id": f"p{row}", "account_id": "bench", "name": name}
        rung = "director" if row < 1 + people // 100 else "manager" if row < people // 8 else "expert"
        job = {"id": f"j{row}", "source_id": f"p{row}", "target_id": f"d{row % units}", "rung": rung}
        yield EdgeKind.WORKS_IN, {**job, "title": f"岗位 {row} Post"}
        if row:
            boss = (row - 1) // SPAN
            yield EdgeKind.REPORTS_TO, {"id": f"r{row}", "source_id": f"p{row}", "target_id": f"p{boss}"}
    yield from _influences(people, int(people * (ties_each - 2)), chance)
    yield from _ours(people, chance)


def _influences(people: int, ties: int, chance: random.Random) -> Iterator[tuple[Kind, Body]]:
    for row in range(ties):
        source, target = chance.sample(range(people), 2) if people > 1 else (0, 0)
        if source != target:
            ends = {"id": f"i{row}", "source_id": f"p{source}", "target_id": f"p{target}"}
            yield EdgeKind.INFLUENCES, {**ends, "weight": round(chance.uniform(0.1, 0.9), 2)}


def _ours(people: int, chance: random.Random) -> Iterator[tuple[Kind, Body]]:
    for number in range(10):
        yield NodeKind.MEMBER, {"id": f"m{number}", "name": f"Member {number}"}
    for row in range(people // 10):
        member, contact = f"m{row % 10}", f"p{chance.randrange(people)}"
        yield EdgeKind.KNOWS, {"id": f"k{row}", "source_id": member, "target_id": contact}
        for visit in range(4):
            at = f"2026-{chance.randint(1, 10):02d}-{chance.randint(1, 28):02d}T09:00:00Z"
            body = {"id": f"v{row}-{visit}", "account_id": "bench", "at": at, "kind": "visit"}
            yield NodeKind.INTERACTION, {**body, "member_ids": [member], "contact_ids": [contact]}
