"""Query texts: parameters as declared, every text used, no text built anywhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graphsvc.stores.sqlite.migrating import migrate
from graphsvc.stores.sqlite.threads import connect
from models.enums import EdgeKind, NodeKind
from models.kinds import EDGE_SPECS, NODE_SPECS, SPECS, NodeSpec, Spec, references
from queries.catalog import cypher, declared, property_name, sql

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "queries" / "text").iterdir())
CODE = [path for folder in ("graphsvc", "queries") for path in sorted((ROOT / folder).rglob("*.py"))]
TRANSACTIONS = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"}


def body_of(path: Path) -> str:
    """A query text without its comments."""
    mark = "--" if path.suffix == ".sql" else "//"
    return "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith(mark))


def specs_for(text: str) -> list[Spec | None]:
    """The kinds a text can be asked for; none if it is filled with other texts."""
    if "<answers>" in text:
        return []
    if "<type>" in text or "<source_kind>" in text or "FROM edge" in text:
        return list(EDGE_SPECS.values())
    if "<table>" in text:
        return list(SPECS)
    return list(NODE_SPECS.values()) if "<" in re.sub(r"<[=>-]|[ (]<", "", text) else [None]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_text_declares_the_parameters_it_uses(path: Path) -> None:
    body = re.sub(r"'[^']*'", "''", body_of(path))
    mark = r"(?<![:\w]):" if path.suffix == ".sql" else r"\$"
    assert set(re.findall(mark + r"([a-z_]+)", body)) == set(declared(path.read_text("utf-8")))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_text_says_what_it_asks_in_its_first_line(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert re.fullmatch(r"(--|//) [A-Z].+[.;]?", first)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_text_is_whole_for_every_kind(path: Path) -> None:
    text = path.read_text("utf-8")
    member = next(iter(NODE_SPECS.values()))
    for spec in specs_for(text):
        filled = sql(path.stem, spec) if path.suffix == ".sql" else cypher(path.stem, spec, member)
        assert not re.search(r"<[a-z_]+>", filled), filled


def test_ties_across_accounts_are_found_without_a_look_at_the_others() -> None:
    with closing(connect(":memory:")) as connection:
        migrate(connection, 0)
        plan = connection.execute(f"EXPLAIN QUERY PLAN {sql('crossing_ties')}", {"accounts": None}).fetchall()
    steps = [row[3] for row in plan]
    assert [step for step in steps if step.startswith(("SCAN e", "SEARCH e "))] == [
        "SEARCH e USING INDEX edge_crossing (kind=?)"
    ]


@pytest.mark.parametrize("spec", [NODE_SPECS[NodeKind.CONTACT], EDGE_SPECS[EdgeKind.INFLUENCES]])
def test_a_page_of_an_account_is_read_in_the_order_of_its_index(spec: Spec) -> None:
    """Sorting all that came after each page made going through an account take the square of its size."""
    params = {"account": "acme", "after": "", "where": "{}", "limit": 1}
    with closing(connect(":memory:")) as connection:
        migrate(connection, 0)
        text = f"EXPLAIN QUERY PLAN {sql('find_in_account', spec)}"
        steps = [row[3] for row in connection.execute(text, params)]
    assert f"SEARCH f USING INDEX {'node' if isinstance(spec, NodeSpec) else 'edge'}_account" in str(steps)
    assert "TEMP B-TREE" not in str(steps)


def test_every_text_is_asked_for() -> None:
    words = {
        node.value
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    built = {name for name in (path.stem for path in TEXTS) if name.startswith(("constrain_", "index_"))}
    in_accounts = {path.stem for path in TEXTS if path.stem.endswith("_in_accounts")}
    assert {path.stem for path in TEXTS} - words - built - in_accounts == set()


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    """The calls of functions or methods with these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            if name in names:
                yield node


def is_catalogued(argument: ast.expr) -> bool:
    """Whether a query is given by the catalogue (or by a name, see below), or is a fixed word."""
    if isinstance(argument, ast.Constant):
        return argument.value in TRANSACTIONS or argument.value.startswith("PRAGMA ")
    if isinstance(argument, ast.Call):
        name = getattr(argument.func, "id", None)
        return name in ("sql", "sql_side_by_side", "cypher") or (
            name == "cast" and isinstance(argument.args[1], ast.Name)
        )
    return isinstance(argument, ast.Name) and argument.id in ("text", "begin", "statement")


HANDLES = {"connection", "transaction", "inside"}
ASKING = {"execute", "rows", "held_rows", "head_rows", "ask", "tell", "_many", "_sliced"}
STORES = [path for path in CODE if path.is_relative_to(ROOT / "graphsvc" / "stores")]


def test_no_query_is_built_outside_the_catalogue() -> None:
    asked = 0
    for path in STORES:
        for call in calls(ast.parse(path.read_text("utf-8")), ASKING):
            texts = [a for a in call.args if not isinstance(a, ast.Name) or a.id not in HANDLES]
            if texts:
                asked += 1
                assert is_catalogued(texts[0]), f"{path.name}:{call.lineno}"
    assert asked > 40


def test_what_is_called_a_text_in_the_adapters_comes_from_the_catalogue() -> None:
    for path in (path for path in STORES if path.parent.name in ("sqlite", "neo4j")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Assign) and [getattr(t, "id", None) for t in node.targets] == [
                "text"
            ]
            if named and path.stem in ("facts", "writing", "store", "snapshot", "server"):
                built = [n for n in ast.walk(node) if isinstance(n, ast.JoinedStr | ast.BinOp | ast.Mod)]
                assert built == [], f"{path.name}:{node.lineno}"


def test_no_text_of_a_query_stands_in_code() -> None:
    clause = re.compile(
        r"SELECT |INSERT INTO |DELETE FROM |UPDATE [a-z]+ SET|UNWIND |(MATCH|MERGE|CREATE) \("
    )
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not clause.search(node.value), f"{path.name}:{node.lineno}"


def test_the_embedded_store_reads_no_rows_one_by_one() -> None:
    """sqlite3 gives the interpreter lock away at each row: beside a busy thread a thousand times slower."""
    for path in sorted((ROOT / "graphsvc" / "stores" / "sqlite").glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        banned = list(calls(tree, {"executemany", "executescript", "fetchall", "fetchmany", "iterdump"}))
        loops = [node.iter for node in ast.walk(tree) if isinstance(node, ast.For | ast.comprehension)]
        banned += [node for loop in loops for node in calls(loop, {"execute"}) if node is loop]
        assert banned == [], path.name


def test_the_mirrored_columns_of_every_kind_have_room() -> None:
    from graphsvc.stores.sqlite.migrating import versions

    schema = "\n".join(versions()[0].statements)
    room = len(set(re.findall(r"\bc\d+ TEXT", schema)))
    assert max(len(spec.columns) for spec in SPECS) <= room == 16


def test_no_field_has_a_name_that_a_store_needs() -> None:
    from graphsvc.stores.neo4j.properties import OWN

    for spec in SPECS:
        names = {property_name(spec, name) for name in spec.record.model_fields}
        assert len(names) == len(spec.record.model_fields)
        assert not names & OWN
        assert not {name for name in spec.record.model_fields if name.endswith("_json")}


def test_a_snapshot_holds_every_reference_to_the_firm() -> None:
    """Else a record would be in an account's export, but not in its graph."""
    firm = {spec.kind for spec in SPECS if isinstance(spec, NodeSpec) and spec.firm}
    for spec in SPECS:
        columns = {column.name for column in spec.columns}
        for reference in references(spec.kind):
            assert reference.kind not in firm or reference.path[0] in columns, (spec.kind, reference)
