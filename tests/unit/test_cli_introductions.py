"""graphsvc introductions at the command line, on the demo."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.test_cli import rows, run


def test_the_general_manager_is_met_through_the_one_who_studied_with_him(demo: str) -> None:
    """Must hold: 王建国 through the CIO of 新桥电力, our happiest customer, who has just said so."""
    found = json.loads(
        run("introductions", "jichuan", "--to", "wang-jianguo", "--json", "--store", demo).stdout
    )
    best = found["items"][0]
    assert best["path"] == ["sha-ou", "jin-yue", "wang-jianguo"]
    assert (best["accounts"], best["occasion"]) == (2, "survey")
    assert best["steps"][1]["kind"] == "bond"
    assert best["cost"] < min(item["cost"] for item in found["items"][1:])
    assert [known["member_id"] for known in found["known_by"]] == ["qin-song"]
    assert "liu-zhiyuan" not in {id_ for item in found["items"] for id_ in item["path"]}


def test_as_a_table_and_for_people_in_both_languages(demo: str) -> None:
    asked = ("introductions", "jichuan", "--to", "wang-jianguo", "--store", demo)
    table = rows(run(*asked, "-k", "2", "--csv"))
    assert (table[0]["rank"], table[0]["introducer_id"]) == ("1", "jin-yue")
    assert len(table) == 2
    said = run(*asked, "--lang", "en").output
    assert "sha-ou → 金越 (xinqiao) → wang-jianguo" in said
    assert "Gave us a good mark" in said
    assert "qin-song knows the person already" in said
    said = run(*asked, "--lang", "zh").output
    assert "满意度评分高" in said
    assert "人情代价" in said


def test_who_is_not_asked_is_said(demo: str) -> None:
    said = run("introductions", "jichuan", "--to", "tom-ellery", "--store", demo, "--lang", "zh").output
    assert "不宜请托：刘志远" in said


def test_on_files_only_their_own_account_counts(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name\nana,Ana\nben,Ben\n", "utf-8")
    asked = ("introductions", "--from", str(tmp_path / "people.csv"), "--to", "ben", "--json")
    assert json.loads(run(*asked).stdout)["items"] == []
    wrong = run("introductions", "--from", str(tmp_path / "people.csv"), "--to", "nobody")
    assert wrong.exit_code == 1
    assert run("introductions", "--from", str(tmp_path / "people.csv")).exit_code == 2
