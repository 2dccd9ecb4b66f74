"""Search on every store: what it gives is what a look at every record gives, in the same order."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from typing import Any

import pytest

from graphsvc.errors import NotFound
from graphsvc.features.history.service import undo
from graphsvc.features.privacy.service import restrict
from graphsvc.features.search.schemas import SearchPage, SearchQuery
from graphsvc.features.search.service import matching, search
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Change, Delete, Put, Stored
from models.records import Body, body_of
from queries.search.asked import asked
from queries.search.candidates import Candidate, Job
from queries.search.ranking import Found, Match, ranked
from queries.search.texts import NAMED
from tests.contract.writing import EVERYTHING, E, N, put, tie, write

ON = date(2026, 6, 1)
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)  # no part of what is found
FAMILY, GIVEN = "王李张陈吕单曾張陳", "伟芳建国國军軍洋丽麗"
FIRST, LAST = ("Ana", "José", "Wang", "Li", "Zoë", "Jian"), ("Wang", "Müller", "Guo", "O'Brien", "Zhang-Li")
UNITS = ("采购部", "採購部", "Purchasing", "技术中心", "Ｒ＆Ｄ 中心", "财务部 Finance")
TITLES = ("采购经理", "Engineer", "总工程师", "CEO", "ｍａｎａｇｅｒ", None)


def seeded() -> list[Put]:
    """About 300 records of three accounts and the firm: Chinese, traditional, Latin, mixed, full width."""
    chance = random.Random(7)
    accounts = {"hua": "华星集团", "acme": "Acme Ｇｍｂｈ", "tai": "臺積科技"}
    found = [put(N.ACCOUNT, id_, name=name, aliases=[id_.upper() * 2]) for id_, name in accounts.items()]
    for row, account in enumerate(accounts):
        for place, name in enumerate(UNITS):
            found.append(put(N.DEPARTMENT, f"d{row}-{place}", account_id=account, name=name))
        found.append(
            put(N.OPPORTUNITY, f"o{row}", account_id=account, name=f"{accounts[account]}王 Line {row}")
        )
    for row in range(120):
        name = chance.choice(FAMILY) + "".join(chance.sample(GIVEN, chance.randint(1, 2)))
        if row % 3 == 1:
            name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        elif row % 10 == 2:
            name = f"{name} {chance.choice(FIRST)}"
        account = row % 3
        fields = {"channels": [{"kind": "phone", "value": f"138-0000-{row:04}"}]} if row % 4 == 0 else {}
        found.append(put(N.CONTACT, f"c{row:03}", account_id=list(accounts)[account], name=name, **fields))
        ends = (f"c{row:03}", f"d{account}-{chance.randrange(len(UNITS))}")
        over = {"until": "2026-01-01"} if row % 7 == 0 else {}
        found.append(tie(E.WORKS_IN, *ends, title=chance.choice(TITLES), **over))
    found += [put(N.MEMBER, f"m{row}", name=name) for row, name in enumerate(("王小明", "Wanda Li", "曾国"))]
    found += [put(N.COMPETITOR, "rivco", name="锐科 Rivco"), put(N.RIVAL, "rex", name="王锐")]
    found += [put(N.PRODUCT, "p1", name="Wang 3000", external_ids={"erp": "W-3000"})]
    return found


def candidates(changes: list[Put], scope: Scope = EVERYTHING) -> list[Candidate]:
    """Every record of the scope with its open jobs."""
    bodies: dict[object, dict[str, Body]] = {}
    for change in changes:
        bodies.setdefault(change.kind, {})[change.record.id] = body_of(change.record)
    jobs: dict[str, list[Job]] = {}
    for body in bodies[E.WORKS_IN].values():
        if "until" not in body:
            unit = bodies[N.DEPARTMENT][body["target_id"]]
            jobs.setdefault(body["source_id"], []).append(Job(body.get("title"), unit["name"]))
    found = []
    for kind in NAMED:
        for id_, body in bodies.get(kind, {}).items():
            account = id_ if kind is N.ACCOUNT else body.get("account_id")
            if scope.sees(account):
                name = bodies[N.ACCOUNT][account]["name"] if account else None
                stored = Stored(kind, body, account, 1, WRITTEN, WRITTEN)
                found.append(Candidate(stored, name, tuple(jobs.get(id_, ())) if kind is N.CONTACT else ()))
    return found


@pytest.fixture
async def full(store: GraphStore) -> GraphStore:
    """A store with the seeded records."""
    await write(store, *seeded())
    return store


async def ask(store: GraphStore, q: str, scope: Scope = EVERYTHING, **more: Any) -> SearchPage:
    return (await search(store, scope, SearchQuery.model_validate({"q": q, "limit": 200, **more}), ON))[0]


async def ids(store: GraphStore, q: str, **more: Any) -> list[str]:
    return [found.id for found in (await ask(store, q, **more)).items]


QUERIES = (
    *(
        "王",
        "wang",
        "wjg",
        "建国",
        "建國",
        "wangjianguo",
        "jian guo",
        "zhagn wei",
        "陈军",
        "采购",
        "caigou",
        "cgb",
    ),
    *(
        "engineer wang",
        "WANG li",
        "o'brien",
        "ana",
        "jose",
        "müller",
        "zoe",
        "华星",
        "huaxing",
        "huaxign",
        "臺積",
    ),
    *(
        "taiji",
        "r&d",
        "中心",
        "13800000004",
        "138-0000",
        "w-3000",
        "finance 王",
        "lvwei",
        "lyu",
        "zeng",
        "ceng",
    ),
    *("shan", "ｍａｎａｇｅｒ", "acmeacme", "line 1", "z", "x9x9", "總工程師", "單", "enginer"),
)


@pytest.mark.parametrize("scope", [EVERYTHING, Scope("rep", frozenset(["hua", "tai"]))], ids=["all", "some"])
async def test_what_is_found_is_what_a_look_at_every_record_finds(full: GraphStore, scope: Scope) -> None:
    everything = candidates(seeded(), scope)
    sizes = []
    for q in QUERIES:
        page = await ask(full, q, scope)
        expected = ranked(asked(q), everything)
        surely = [found for found in expected if found.score >= Match.NEARLY]
        assert page.items == (expected if len(surely) < 200 else surely), q
        assert not page.truncated
        sizes.append(len(page.items))
    assert min(sizes) == 0
    assert sum(size > 0 for size in sizes) > 25


async def test_records_outside_the_scope_are_never_found(full: GraphStore) -> None:
    await write(
        full, put(N.CONTACT, "canary", account_id="acme", name="王金丝雀"), tie(E.WORKS_IN, "canary", "d1-0")
    )
    narrow = Scope("rep", frozenset(["hua"]))
    for q in (
        "王金丝雀",
        "wangjinsique",
        "wjsq",
        "wang",
        "金丝",
        "caigoubu",
        "采购部",
        "wangjinsiqeu",
        "canary",
    ):
        page = await ask(full, q, narrow)
        assert {found.account_id for found in page.items} <= {"hua", None}, q
        assert "acme" not in page.model_dump_json()
    with pytest.raises(NotFound):
        await ask(full, "王", narrow, account_id="acme")
    assert await ids(full, "王金丝雀", account_id="acme") == ["canary"]
    assert await ids(full, "王金丝雀", account_id="hua") == []


async def test_a_search_follows_every_change(full: GraphStore) -> None:
    ana = put(N.CONTACT, "ana", account_id="hua", name="安娜", latin_name="Ana Anders")
    await write(full, ana)
    assert await ids(full, "anders") == ["ana"]
    await write(full, put(N.CONTACT, "ana", account_id="hua", name="安娜", latin_name="Ana Bergman"))
    assert (await ids(full, "anders"), await ids(full, "bergman")) == ([], ["ana"])
    gone = await write(full, Delete(N.CONTACT, "ana"))
    assert await ids(full, "bergman") == []
    await undo(full, EVERYTHING, gone.change_set, "request")
    assert await ids(full, "bergman") == ["ana"]
    await restrict(full, EVERYTHING, "ana", {"reason": "by mail"})
    assert await ids(full, "bergman") == ["ana"]


async def test_a_contact_is_found_by_the_jobs_that_are_open(full: GraphStore) -> None:
    def job(**fields: Any) -> Change:
        return tie(E.WORKS_IN, "ana", "d0-0", id="job", **fields)

    await write(full, put(N.CONTACT, "ana", account_id="hua", name="Quirin"), job(title="Astronaut"))
    assert await ids(full, "astronaut") == ["ana"]
    (found,) = (await ask(full, "quirin astronaut 采购")).items
    assert (found.title, found.department, found.account_name) == ("Astronaut", "采购部", "华星集团")
    await write(full, put(N.DEPARTMENT, "d0-0", account_id="hua", name="Observatory"))
    assert await ids(full, "quirin observatory", kind="contact") == ["ana"]
    assert await ids(full, "quirin 采购") == []
    await write(full, job(title="Pilot"))
    assert (await ids(full, "astronaut"), await ids(full, "pilot")) == ([], ["ana"])
    moved = tie(E.WORKS_IN, "ana", "d0-3", id="next", title="Captain", since="2026-05-01")
    await write(full, job(title="Pilot", until="2026-05-01"), moved)
    assert (await ids(full, "pilot"), await ids(full, "captain")) == ([], ["ana"])
    assert (await ids(full, "quirin observatory"), await ids(full, "quirin 技术中心")) == ([], ["ana"])
    late = tie(E.WORKS_IN, "ana", "d0-3", id="next", title="Captain", since="2026-07-01")
    await write(full, late)
    assert await ids(full, "captain") == []


async def test_pages_go_on_where_the_last_one_ended_whatever_is_written(full: GraphStore) -> None:
    whole = [found for found in (await ask(full, "王")).items if found.score >= Match.NEARLY]
    found, place = list[Found](), None
    while True:
        page, place = await search(full, EVERYTHING, SearchQuery(q="王", limit=7), ON, place)
        found += page.items
        if place is None:
            break
        await write(full, put(N.PRODUCT, f"new{len(found)}", name="王 new" if len(found) < 8 else "other"))
    assert [one.id for one in found if one.id != "new7"] == [one.id for one in whole]


async def test_who_is_called_exactly_so_is_found_among_too_many(full: GraphStore) -> None:
    many = [put(N.CONTACT, f"a{row:04}", account_id="hua", name=f"Lima {row}") for row in range(510)]
    await write(full, *many, put(N.CONTACT, "zz", account_id="hua", name="Lima"))
    page = await ask(full, "lima", limit=5)
    assert page.truncated
    assert [found.id for found in page.items][:2] == ["zz", "a0000"]


async def test_lists_narrowed_by_a_text_keep_the_order_of_ids(full: GraphStore) -> None:
    expected = sorted(
        one.stored.id
        for one in candidates(seeded())
        if one.stored.kind is N.CONTACT and one.stored.account == "hua"
        for found in ranked(asked("wang"), [one])
        if found.score >= Match.NEARLY
    )
    found: list[str] = []
    while True:
        page = await matching(
            full,
            EVERYTHING,
            N.CONTACT,
            "wang",
            account_id="hua",
            where={"status": "active"},
            after=found[-1] if found else "",
            limit=3,
            on=ON,
        )
        found += [stored.id for stored in page]
        if not page:
            break
    assert found == expected
    left: dict[str, Any] = {
        "account_id": None,
        "where": {"status": "left"},
        "after": "",
        "limit": 3,
        "on": ON,
    }
    assert await matching(full, EVERYTHING, N.CONTACT, "wang", **left) == []


@pytest.mark.parametrize(
    "q", ["", "😀", "?*", "AND", "OR NOT", "a:b", "w*", '"', "z" * 200, "王" * 200, "a " * 100]
)
async def test_no_text_means_anything_to_an_engine(full: GraphStore, q: str) -> None:
    page = await ask(full, q)
    everything = ranked(asked(q), candidates(seeded())) if asked(q) else []
    assert [found.id for found in page.items] == [found.id for found in everything]
