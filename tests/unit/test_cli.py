"""The command line as people use it: on files, on a store, with wrong input."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graphsvc.cli import COMMANDS, command_line
from tests.real_data import ENRON, KRACKHARDT, dominance, krackhardt_levels, krackhardt_reference, need_enron

MANAGERS = ["--from", str(KRACKHARDT / "nodes.csv"), "--from", str(KRACKHARDT / "edges.csv")]
PEOPLE = "id,name,manager_id\n1,Ana,\n2,Bob,1\n3,Cai,2\n"


def run(*args: str | Path, env: dict[str, str] | None = None, stdin: str | None = None) -> Result:
    words = [str(arg) for arg in args]
    plain = {"LANG": "C.UTF-8", "LC_ALL": "", "COLUMNS": "200", "TERM": "dumb"}
    return CliRunner(env={**plain, **(env or {})}).invoke(command_line(words), words, stdin)


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'cli.db'}"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, "utf-8")
    return path


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_managers_advice_gives_the_published_ranking(tmp_path: Path) -> None:
    people = (KRACKHARDT / "nodes.csv").read_text("utf-8").splitlines()
    ties = (KRACKHARDT / "edges.csv").read_text("utf-8").splitlines()
    # Neither the bosses nor the other relations.
    alone = written(tmp_path, "people.csv", "\n".join(line.rpartition(",")[0] for line in people))
    advice = written(
        tmp_path, "advice.csv", "\n".join(line for line in ties if line.endswith(("relation", "advice")))
    )
    answer = json.loads(run("rank", "--from", alone, "--from", advice, "--prior", "flat", "--json").stdout)
    shares = {item["contact_id"]: item["share"] for item in answer["items"]}
    reference = krackhardt_reference()["pagerank_.85"]
    assert set(shares) == set(reference)
    assert max(abs(shares[id_] - reference[id_]) for id_ in reference) < 1e-6
    assert dominance(shares, krackhardt_levels()) >= 0.95


def test_with_reporting_lines_every_best_chain_is_the_chart() -> None:
    found = rows(run("chains", *MANAGERS, "--to", "7", "--source", "all", "-k", "1", "--csv"))
    formal = {id_: chain for id_, chain in krackhardt_reference()["formal_chain"].items() if id_ != "7"}
    assert [row["source_id"] for row in found] == sorted(formal)
    assert {row["source_id"]: row["path"].split(">") for row in found} == formal


@pytest.mark.parametrize(
    "question",
    [
        ["rank", "--prior", "flat"],
        ["rank", "--weights", "friendship:0", "--no-informal"],
        ["chains", "--to", "7", "--source", "all", "-k", "3"],
        ["chains", "--to", "2", "--source", "19"],
    ],
)
def test_a_store_answers_to_the_last_digit_what_the_files_answer(store: str, question: list[str]) -> None:
    command, *options = question
    files = run(command, *MANAGERS, *options, "--csv")
    assert len(rows(files)) > 2
    assert run("import", *MANAGERS[1::2], "--account", "Managers", "--store", store).exit_code == 0
    assert run(command, "Managers", *options, "--csv", "--store", store).stdout == files.stdout


def test_mail_is_ranked_by_authority_and_its_strength_read_in_both_orders() -> None:
    need_enron()
    given = ["--from", ENRON / "nodes.csv"]
    ranked = run("rank", *given, "--from", ENRON / "edges.csv", "--as", "email", "--csv")
    assert len(rows(ranked)) == 156
    assert "measured by Authority (HITS)" in ranked.stderr
    pairs = rows(
        run("strength", *given, "--from", ENRON / "events.csv.gz", "--at", "2001-06-01T12:00:00Z", "--csv")
    )
    both = {(row["source_id"], row["target_id"]) for row in pairs}
    assert {(target, source) for source, target in both} == both
    assert all(0 <= float(row["strength"]) <= 100 for row in pairs)


def test_without_a_moment_strength_is_read_on_the_last_day_and_says_so(tmp_path: Path, people: Path) -> None:
    log = written(tmp_path, "log.csv", "source,target,time\n1,2,2026-01-05\n2,1,2026-01-09T10:00Z\n")
    asked = ["strength", "--from", people, "--from", log, "--csv"]
    last = run(*asked)
    assert "Strength on 2026-01-09" in last.stderr
    assert last.stdout == run(*asked, "--at", "2026-01-09").stdout
    assert rows(run(*asked, "--at", "2026-01-09T09:59:00Z")) != rows(last)


def test_ids_are_printed_as_the_files_write_them(tmp_path: Path) -> None:
    team = written(tmp_path, "团队.csv", "姓名,上级\n张伟,\n李娜,张伟\n王 芳,李娜\n")
    found = rows(run("chains", "--from", team, "--to", "张伟", "--source", "all", "-k", "1", "--csv"))
    assert {row["source_id"]: row["path"] for row in found} == {
        "李娜": "李娜>张伟",
        "王 芳": "王 芳>李娜>张伟",
    }
    ranked = json.loads(run("rank", "--from", team, "--json").stdout)
    assert {item["contact_id"] for item in ranked["items"]} == {"张伟", "李娜", "王 芳"}


def test_pairs_without_a_path_are_counted_on_stderr(tmp_path: Path) -> None:
    team = written(tmp_path, "t.csv", "id,manager_id\n1,\n2,1\n3,\n")
    result = run("chains", "--from", team, "--to", "1", "--source", "all", "--csv")
    assert [row["source_id"] for row in rows(result)] == ["2"]
    assert "1 pairs are joined by no path." in result.stderr


def test_export_gives_what_import_takes(tmp_path: Path, store: str) -> None:
    assert run("import", *MANAGERS[1::2], "--account", "m", "--store", store).exit_code == 0
    out, second = tmp_path / "out.json", f"sqlite:///{tmp_path / 'two.db'}"
    assert run("export", "--account", "m", "-o", out, "--store", store).exit_code == 0
    hurried = {f"GRAPHSVC_{name}_DEADLINE_S": "0.000001" for name in ("READ", "WRITE", "BULK")}
    again = run("import", out, "--store", second, env=hurried)
    assert "360 records written, 0 were so already." in again.stdout, "no request waits for it"
    assert run("export", "--store", second).stdout == run("export", "--store", store).stdout
    asked = ["rank", "--csv"]
    assert run(*asked, "m", "--store", second).stdout == run(*asked, "--from", out).stdout
    (row,) = json.loads(run("accounts", "--json", "--store", second).stdout)["items"]
    assert (row["id"], row["people"], row["departments"]) == ("m", 21, 5)


def test_an_account_is_named_by_its_id_or_its_name(store: str, people: Path) -> None:
    assert run("import", people, "--account", "霁川 集团", "--store", store).exit_code == 0
    (row,) = json.loads(run("accounts", "--json", "--store", store).stdout)["items"]
    by_id = run("rank", row["id"], "--csv", "--store", store)
    assert len(rows(by_id)) == 3
    assert run("rank", "霁川 集团", "--csv", "--store", store).stdout == by_id.stdout


def test_a_mapping_file_says_what_relations_become(tmp_path: Path, people: Path) -> None:
    ties = written(tmp_path, "ties.csv", "source,target,relation\n2,3,asks\n1,3,asks\n")
    mapping = written(tmp_path, "rules.txt", "asks=influences:reversed:expertise  # who is asked leads\n")
    result = run("rank", "--from", people, "--from", ties, "--mapping", mapping, "--prior", "flat", "--csv")
    assert rows(result)[0]["id"] == "3"
    assert "asks → influences, reversed, basis expertise, derived" in result.stderr
    assert (
        run("rank", "--from", people, "--mapping", written(tmp_path, "bad.txt", b"\xff\xff\xff")).exit_code
        == 1
    )


def test_a_dry_run_writes_nothing(store: str, people: Path) -> None:
    result = run("import", people, "--account", "acme", "--dry-run", "--store", store)
    assert "Nothing was written: 6 records would be" in result.stdout
    assert json.loads(run("accounts", "--json", "--store", store).stdout) == {"items": []}


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        ("source,target,weight\n1,2,7\n", "ties.csv row 2 column weight: A weight is a probability"),
        ("source,target\n1,1\n", "ties.csv row 2 column target: 1 cannot be tied to themselves."),
        ("source,target\n1,9\n", "ties.csv row 2 column target: There is no person 9"),
        ("", "ties.csv: The file is empty."),
        (b"\xff\xff\xff", "ties.csv row 1: No supported encoding reads this file"),
        ('{"format":\n"graphsvc/1",\n', "ties.csv row 3: This is not JSON: "),
        ("source,target,relation\n1,2,hates\n", "ties.csv row 2 column relation: What does the relation"),
        ("source,target,source\n1,2,3\n", "ties.csv row 1 column source: Two columns are called source."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", ["rank", "import"])
def test_bad_files_give_one_clear_line_each_and_status_1(
    tmp_path: Path, store: str, people: Path, ties: str | bytes, said: str, way: str
) -> None:
    bad = written(tmp_path, "ties.csv", ties)
    on_files = ["rank", "--from", people, "--from", bad, "--as", "advice"]
    result = run(
        *(
            on_files
            if way == "rank"
            else ["import", people, bad, "--account", "a", "--as", "advice", "--store", store]
        )
    )
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(said)
    assert len(result.stderr.splitlines()) == 1
    if way == "import":
        assert json.loads(run("accounts", "--json", "--store", store).stdout) == {"items": []}


def test_gbk_is_read_and_said(tmp_path: Path) -> None:
    team = written(tmp_path, "t.csv", "编号,姓名,上级\n1,张伟,\n2,李娜,张伟\n".encode("gbk"))
    assert "t.csv was read as GB18030 (GBK)" in run("rank", "--from", team).stderr


@pytest.mark.parametrize(
    "args",
    [
        ["rank"],
        ["rank", "--from", "no-such-file.csv"],
        ["rank", "acme", "--as", "advice"],
        ["rank", "acme", "--measure", "luck"],
        ["rank", "acme", "--weights", "friendship"],
        ["rank", "acme", "--on", "tomorrow"],
        ["rank", *MANAGERS, "--on", "2026-01-01", "--at", "2026-01-01"],
        ["rank", *MANAGERS, "--at", "2026-01-01T10:00"],
        ["rank", *MANAGERS, "--relation", "advice=likes"],
        ["rank", *MANAGERS, "--encoding", "klingon"],
        ["rank", *MANAGERS, "--store", "sqlite:///x.db"],
        ["chains", *MANAGERS],
        ["chains", "acme", "-k", "99"],
        ["import"],
        ["import", str(KRACKHARDT / "nodes.csv"), "--mode", "row-wise"],
        ["export", "--format", "docx"],
        ["export", "--format", "gexf", "--json"],
        ["import", str(KRACKHARDT / "nodes.csv"), "--account", ""],
        ["import", str(KRACKHARDT / "nodes.csv"), "--account", "m", "--id-prefix", "张"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_status_2(args: list[str]) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["rank", "nobody"],
        ["export", "--account", "nobody"],
        ["chains", *MANAGERS, "--to", "99"],
        ["rank", *MANAGERS, "--opportunity", "none"],
        ["strength", *MANAGERS],
    ],
)
def test_what_is_not_there_is_one_line_and_status_1(args: list[str], store: str) -> None:
    result = run(*args, *([] if "--from" in args else ["--store", store]))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("way", [{"env": {"LANG": "zh_CN.UTF-8"}}, {"env": {"LC_ALL": "zh_CN.UTF-8"}}, {}])
def test_chinese_where_the_terminal_is_chinese_or_asked(
    tmp_path: Path, way: dict[str, dict[str, str]]
) -> None:
    bad = written(tmp_path, "t.csv", "id,boss\n1,9\n")
    result = run("rank", "--from", bad, *([] if way else ["--lang", "zh"]), **way)
    assert result.stderr.startswith("t.csv row 2 column boss: 文件和该客户中都没有 9 这个人。")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    result = run(name, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert COMMANDS[name][1] in result.stdout


def test_help_is_chinese_in_a_chinese_terminal() -> None:
    command = [sys.executable, "-m", "graphsvc.cli", "rank", "--help"]
    chinese = {**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=chinese)
    assert COMMANDS["rank"][2] in done.stdout


def test_help_is_quick_for_it_loads_no_command() -> None:
    code = (
        "import sys; from graphsvc.cli import command_line; app = command_line([])\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "slow = {'numpy', 'scipy', 'fastapi', 'networkx', 'neo4j', 'pydantic'}\n"
        "print(sorted(slow & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in COMMANDS)
    assert done.stderr.strip() == "[]"


def test_output_into_a_closed_pipe_ends_quietly(people: Path) -> None:
    command = [sys.executable, "-m", "graphsvc.cli", "rank", "--from", str(people), "--csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        process.wait(60)
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def test_row_by_row_keeps_the_good_rows_and_lists_the_bad(tmp_path: Path, store: str) -> None:
    team = written(tmp_path, "t.csv", "id,level,boss\n1,decision,\n2,sky,1\n3,,1\n")
    errors = tmp_path / "errors.csv"
    wanted = ["import", team, "--account", "a", "--errors", errors, "--store", store]
    assert run(*wanted).exit_code == 1
    assert len(errors.read_text("utf-8-sig").splitlines()) == 2
    result = run(*wanted, "--mode", "per-row")
    assert result.exit_code == 1
    assert "t.csv row 3 column level: sky is not one of" in result.stderr
    assert "2 contact" in result.stdout
    assert len(errors.read_text("utf-8-sig").splitlines()) == 2
    (row,) = json.loads(run("accounts", "--json", "--store", store).stdout)["items"]
    assert row["people"] == 2


def test_a_dry_run_shows_what_each_column_becomes(tmp_path: Path, store: str) -> None:
    team = written(tmp_path, "t.csv", "姓名,生日\n张伟,1970\n")
    result = run("import", team, "--account", "a", "--dry-run", "--store", store)
    assert "t.csv: 姓名 → name (张伟)" in result.stderr
    assert "t.csv: 生日 → ignored (1970)" in result.stderr


@pytest.mark.parametrize("form", ["json", "ndjson", "csv"])
def test_formats_that_come_back_change_nothing(tmp_path: Path, store: str, form: str, people: Path) -> None:
    assert run("import", people, "--account", "acme", "--store", store).exit_code == 0
    out = tmp_path / "out"
    assert run("export", "--format", form, "-o", out, "--store", store).exit_code == 0
    assert run("import", out, "--store", store).stdout.splitlines()[-1].startswith("0 records written")


@pytest.mark.parametrize("form", ["graphml", "gexf", "cytoscape", "node-link"])
def test_formats_for_other_tools_are_written_to_stdout(store: str, people: Path, form: str) -> None:
    assert run("import", people, "--account", "acme", "--store", store).exit_code == 0
    assert "contact:3" in run("export", "--format", form, "--store", store).stdout
