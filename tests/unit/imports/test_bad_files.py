"""Files that must not be taken: each is refused at a named place, in both languages, and changes nothing."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graphsvc.cli import command_line
from graphsvc.features.exports.service import whole_document
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.faults import Code, InvalidInput
from tests.unit.imports import bad_documents, bad_files
from tests.unit.imports.bad_files import THERE, TIES, WIDE
from tests.unit.imports.reading import options

CASES = [*bad_files.CASES, *bad_documents.CASES]
OWNER = Scope(actor="test", dossiers=True)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[GraphStore]:
    opened = await open_store(f"sqlite:///{tmp_path / 'bad.db'}", Settings(_env_file=None))
    await import_files(opened, OWNER, [SourceFile("people.csv", THERE.encode())], options(account="acme"))
    yield opened
    await opened.close()


async def state(store: GraphStore) -> tuple[object, object]:
    """All that is kept, and how far the log has come."""
    return await whole_document(store, OWNER), await store.sequences(OWNER, "acme")


async def wrong_about(store: GraphStore, content: str | bytes, code: Code, place: str) -> str | None:
    """What is wrong with how a file is refused; nothing if all is as it must be."""
    data = content.encode() if isinstance(content, str) else content
    try:
        done = await import_files(store, OWNER, [SourceFile("f", data)], options(account="acme"))
    except InvalidInput as error:
        fault = error.faults[0]
        said, zh = fault.message("en"), fault.message("zh")
        good = fault.code is code and fault.place().startswith(place) and "{detail}" not in said and zh
        return None if good else f"{fault.place()}: {said}"
    return f"taken: {done}"


def test_no_case_stands_twice() -> None:
    assert len(CASES) == len({content for content, _, _ in CASES}) > 255


async def test_each_is_refused_at_its_place_and_nothing_changes(store: GraphStore) -> None:
    before = await state(store)
    wrong = [(case, said) for case in CASES if (said := await wrong_about(store, *case)) is not None]
    assert wrong == []
    assert await state(store) == before


def test_the_command_line_tells_it_in_either_language(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(THERE)
    url = f"sqlite:///{tmp_path / 'cli.db'}"

    def run(*words: str) -> Result:
        return CliRunner().invoke(command_line(list(words)), [*words, "--store", url])

    assert run("import", str(tmp_path / "people.csv"), "--account", "acme").exit_code == 0
    before = run("export", "--account", "acme").stdout
    wrong = []
    for content, _, place in CASES[:: len(CASES) // 30]:
        (tmp_path / "f").write_bytes(content.encode() if isinstance(content, str) else content)
        for lang, chinese in (("en", False), ("zh", True)):
            result = run("import", str(tmp_path / "f"), "--account", "acme", "--lang", lang)
            first = result.stderr.partition("\n")[0]
            in_chinese = any("㐀" <= letter <= "鿿" for letter in first)
            if (result.exit_code, result.stdout, first[:1]) != (1, "", "f") or in_chinese < chinese:
                wrong.append((content[:60], place, result.output))
    assert wrong == []
    assert run("export", "--account", "acme").stdout == before != ""


GOOD = [
    "\ufeffid,姓名\n9,王芳\n",
    "id;姓名\n9;王芳\n",
    "id\t姓名\n9\t王芳\n",
    "id,姓名\r9,王芳\r",
    "id,姓名,部门\n9,王芳\n",
    "sep=;\nid;姓名\n9;王芳\n",
    "id,姓名\r\n9,王芳\r\n\x1a",
    "id,姓名\n\u202d9\u202c,\u200b王芳\ufeff\n\u200b,\n",
    "编号,姓名," + ",".join(WIDE) + "\n9,王芳\n",
]


@pytest.mark.parametrize("content", GOOD, ids=range(len(GOOD)))
async def test_odd_but_clear_tables_are_taken(store: GraphStore, content: str) -> None:
    for data in (content.encode(), content.encode("utf-16"), gzip.compress(content.encode())):
        await import_files(store, OWNER, [SourceFile("f", data)], options(account="acme"))
        assert [account.people for account in await store.accounts(OWNER)] == [3]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026年1月5日", "2026-01-05"),
        ("2026 年 01 月 05 日", "2026-01-05"),
        ("2026/1/5", "2026-01-05"),
        ("2026.1.5", "2026-01-05"),
        ("20260105", "2026-01-05"),
        ("1767571200", "2026-01-05"),
    ],
)
async def test_days_are_read_as_people_write_them(store: GraphStore, written: str, day: str) -> None:
    data = f"{TIES},since\n1,2,bond,{written}\n".encode()
    await import_files(store, OWNER, [SourceFile("f", data)], options(account="acme"))
    (edge,) = [row for row in (await whole_document(store, OWNER))["edges"] if row["kind"] == "bond"]
    assert edge["since"] == day
