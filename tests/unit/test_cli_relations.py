"""graphsvc relations, channels, influencers and strength-over-time, on a store and straight on files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run

TIE = ("--member", "lin-lan", "--contact", "li-guoqiang")
ASKED = {
    "relations": ("jichuan", "--opportunity", "energy-platform"),
    "channels": (),
    "influencers": ("--per-account", "2"),
    "strength-over-time": ("jichuan", *TIE),
}
"""What each command is asked of the demo."""


@pytest.mark.parametrize("command", ASKED)
def test_the_same_is_told_of_a_store_and_of_files(demo: str, command: str) -> None:
    asked = (command, *ASKED[command], "--json", "--on", "2026-03-02")
    stored = json.loads(run(*asked, "--store", demo).stdout)
    files = json.loads(run(*asked, "--from", FILE).stdout)
    assert stored["items"]
    assert stored.pop("provenance")["account_sequence"] > files.pop("provenance")["account_sequence"]
    assert files == stored


@pytest.mark.parametrize("command", ASKED)
def test_a_table_has_what_json_has(demo: str, command: str) -> None:
    asked = (command, *ASKED[command], "--on", "2026-03-02", "--store", demo)
    table, found = rows(run(*asked, "--csv")), json.loads(run(*asked, "--json").stdout)["items"]
    plain = [
        {name: value for name, value in item.items() if not isinstance(value, list | dict)} for item in found
    ]
    assert [list(row) for row in table] == [list(item) for item in plain]
    told = [["" if value is None else str(value) for value in item.values()] for item in plain]
    assert [list(row.values()) for row in table] == told


@pytest.mark.parametrize("command", ASKED)
def test_a_question_about_what_was_known_then(demo: str, command: str) -> None:
    asked = (command, *ASKED[command], "--json", "--on", "2026-03-02", "--store", demo)
    then = json.loads(run(*asked, "--as-of", "2999-01-01").stdout)
    now = json.loads(run(*asked).stdout)
    assert then.pop("provenance")["as_of"].startswith("2999-01-01")
    now.pop("provenance")
    assert then == now


def test_people_and_products_in_both_languages(demo: str) -> None:
    said = run("relations", "jichuan", "--contact", "li-guoqiang", "--store", demo).stdout
    assert said.splitlines()[0].split() == ["one", "other", "weight", "tie", "from", "ties", "note"]
    assert all("li-guoqiang" in line for line in said.splitlines()[1:])
    said = run("relations", "jichuan", "--lang", "zh", "--store", demo).stdout
    assert "汇报" in said
    assert "有矛盾" in said
    said = run("relations", "jichuan", "--products", "--lang", "zh", "--store", demo).stdout
    assert said.splitlines()[0].split()[:3] == ["产品", "厂商", "位置"]
    assert "我方" in said
    assert "ours" in run("relations", "jichuan", "--products", "--store", demo).stdout


def test_products_as_csv(demo: str) -> None:
    asked = ("relations", "jichuan", "--store", demo)
    table = rows(run(*asked, "--products", "--csv"))
    installed = json.loads(run(*asked, "--json").stdout)["installed"]
    assert [row["product_id"] for row in table] == [line["product_id"] for line in installed]
    assert rows(run(*asked, "--products", "--csv", "--limit", "1")) == table[:1]


def test_the_way_of_goods_in_both_languages(demo: str) -> None:
    said = run("channels", "--store", demo).stdout
    assert said.splitlines()[0].split() == ["from", "does", "for", "share", "note"]
    assert "(distributor)" in said
    said = run("channels", "--store", demo, "--lang", "zh").stdout
    assert "（分销商）" in said
    assert "供货" in said


def test_the_first_of_every_account(demo: str) -> None:
    table = rows(run("influencers", "--per-account", "1", "--csv", "--store", demo))
    accounts = [row["account_id"] for row in table]
    assert "jichuan" in accounts
    assert len(accounts) == len(set(accounts)) > 3
    assert {row["rank"] for row in table} == {"1"}
    weak = rows(run("influencers", "--max-strength", "20", "--csv", "--store", demo))
    assert all(float(row["strength"]) <= 20 for row in weak)
    assert "关键人物" in run("influencers", "--lang", "zh", "--store", demo).stdout
    assert "key player" in run("influencers", "--lang", "en", "--store", demo).stdout


def test_month_by_month_in_both_languages(demo: str) -> None:
    asked = ("strength-over-time", "jichuan", *TIE, "--months", "3", "--on", "2026-03-02", "--store", demo)
    days = [line.split()[0] for line in run(*asked).stdout.splitlines()]
    assert days == ["on", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-02"]
    assert run(*asked, "--lang", "zh").stdout.split()[:3] == ["日期", "强度", "等级"]


def test_files_keep_their_own_ids(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name,manager_id\nana,Ana,\nben,Ben,ana\n", "utf-8")
    files = ("--from", str(tmp_path / "people.csv"))
    (pair,) = rows(run("relations", *files, "--csv"))
    assert {pair["one_id"], pair["other_id"]} == {"ana", "ben"}
    assert rows(run("influencers", *files, "--csv"))[0]["contact_id"] == "ana"
    assert rows(run("channels", *files, "--csv")) == []
    nobody = run("strength-over-time", *files, "--member", "mia", "--contact", "ana")
    assert (nobody.exit_code, nobody.stdout) == (1, "")


@pytest.mark.parametrize(
    "asked",
    [
        ("relations",),
        ("relations", "jichuan", "--limit", "0"),
        ("channels", "jichuan"),
        ("influencers", "jichuan"),
        ("influencers", "--per-account", "51"),
        ("influencers", "--max-strength", "101"),
        ("influencers", "--step", "soon"),
        ("strength-over-time", "jichuan", "--member", "lin-lan"),
        ("strength-over-time", "jichuan", *TIE, "--months", "121"),
    ],
)
def test_wrong_usage(demo: str, asked: tuple[str, ...]) -> None:
    assert run(*asked, "--store", demo).exit_code == 2


@pytest.mark.parametrize(
    "asked",
    [
        ("relations", "nobody"),
        ("relations", "jichuan", "--contact", "nobody"),
        ("relations", "jichuan", "--opportunity", "nothing"),
        ("strength-over-time", "jichuan", "--member", "lin-lan", "--contact", "nobody"),
        ("strength-over-time", "jichuan", "--member", "nobody", "--contact", "li-guoqiang"),
    ],
)
def test_what_is_not_there_is_said_in_both_languages(demo: str, asked: tuple[str, ...]) -> None:
    for lang, word in (
        ("en", "nobody" if "nobody" in asked else "nothing"),
        ("zh", "不存在" if asked == ("relations", "nobody") else "此处没有"),
    ):
        said = run(*asked, "--lang", lang, "--store", demo)
        assert (said.exit_code, said.stdout) == (1, "")
        assert word in said.stderr
