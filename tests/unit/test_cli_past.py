"""The past at the command line: --as-of and diff."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graphsvc.settings import Settings
from graphsvc.stores.sqlite import SqliteStore
from models.changes import Change, ChangeSet, Delete, Put
from models.enums import EdgeKind, NodeKind
from models.records import read_record
from tests.contract.writing import EVERYTHING
from tests.unit.test_cli import run

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
Then = Callable[[int], str]


def put(kind: NodeKind | EdgeKind, **body: Any) -> Put:
    return Put(kind, read_record(kind, body))


CHANGES: list[list[Change]] = [
    [
        put(NodeKind.ACCOUNT, id="acme", name="Acme"),
        *(put(NodeKind.CONTACT, id=id_, account_id="acme", name=id_.title()) for id_ in ("ana", "ben")),
        put(NodeKind.MEMBER, id="mia", name="Mia"),
        put(EdgeKind.KNOWS, id="k", source_id="mia", target_id="ana", personal=60),
        put(EdgeKind.INFLUENCES, id="i", source_id="ana", target_id="ben", weight=0.5),
    ],
    [Delete(NodeKind.CONTACT, "ana"), put(NodeKind.CONTACT, id="ben", account_id="acme", name="Benno")],
    [put(NodeKind.MEMBER, id="mia", name="Mia", city="Graz")],
]


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store with an account that changed a day later, and two days later."""
    times = iter([START + timedelta(days=day) for day in range(len(CHANGES))])
    path = tmp_path / "past.db"

    async def fill() -> None:
        opened = await SqliteStore.open(path, Settings(_env_file=None), lambda: next(times))
        for number, changes in enumerate(CHANGES):
            await opened.apply(EVERYTHING, ChangeSet(f"set-{number}", tuple(changes)))
        await opened.close()

    asyncio.run(fill())
    return f"sqlite:///{path}"


def answer(*args: str) -> Any:
    result = run(*args, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_answers_as_of_a_time(store: str) -> None:
    at = ("--as-of", "2026-03-01", "--store", store)
    ranked = answer("rank", "Acme", *at)
    assert {row["contact_id"] for row in ranked["items"]} == {"ana", "ben"}
    assert ranked["provenance"]["as_of"] == "2026-03-01T23:59:59.999999Z"
    assert [row["contact_id"] for row in answer("rank", "acme", "--store", store)["items"]] == ["ben"]
    assert [row["contact_id"] for row in answer("strength", "acme", *at)["items"]] == ["ana"]
    (chain,) = answer("chains", "acme", "--to", "ben", *at)["items"]
    assert chain["path"] == ["mia", "ana", "ben"]
    then = answer("export", "--account", "acme", "--as-of", START.isoformat(), "--store", store)
    assert {row["id"] for row in then["nodes"]} == {"acme", "ana", "ben", "mia"}
    assert run("rank", "acme", "--as-of", "2026-02-28", "--store", store).exit_code == 1


def test_as_of_is_of_a_store_and_of_an_account(store: str, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name\n1,Ana\n", "utf-8")
    for wrong in (
        ["rank", "--from", str(people), "--as-of", "2026-03-01"],
        ["export", "--as-of", "2026-03-01", "--store", store],
        ["rank", "acme", "--as-of", "yesterday", "--store", store],
        ["rank", "acme", "--as-of", "2026-03-01T09:00:00", "--store", store],
    ):
        assert run(*wrong).exit_code == 2, wrong


def test_what_differs_between_two_times(store: str) -> None:
    args = ("diff", "Acme", "--from", START.isoformat(), "--store", store)
    found = answer(*args, "--to", "2026-03-02")
    assert [(row["change"], row["id"]) for row in found["items"]] == [
        ("removed", "ana"),
        ("changed", "ben"),
        ("removed", "i"),
        ("removed", "k"),
    ]
    assert (found["first"], found["last"]) == ({"account": 5, "firm": 1}, {"account": 9, "firm": 1})
    shown = run(*args, "--lang", "zh").stdout.splitlines()
    assert [line.split()[:3] for line in shown[1:3]] == [["删除", "联系人", "ana"], ["更改", "联系人", "ben"]]
    assert "name: Ben → Benno" in shown[2]
    assert "city: – → Graz" in shown[3]
    assert "Mia → Ana" in shown[5]
    assert run("diff", "Acme", "--from", "2026-03-05", "--to", "2026-03-01", "--store", store).exit_code == 2
    assert run("diff", "none", "--from", "2026-03-01", "--store", store).exit_code == 1
