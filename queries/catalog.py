"""The query texts: every question to a database stands in `queries/text/`, values travel as parameters.

A text may name what parameters cannot carry, in angle brackets, filled from a kind's row and nothing else:
`<kind>`, `<table>`, `<label>`, `<type>`, `<owner>`, and of edges kind and label of both ends. A line that
holds `<column>` (as SQLite keeps it), `<property>` (as Neo4j does) or `<field>` stands once per snapshot
column.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NewType

from models.kinds import NODE_SPECS, EdgeSpec, NodeSpec, Spec, nested_fields

SqlText = NewType("SqlText", str)
CypherText = NewType("CypherText", str)

_TEXTS = files("queries") / "text"
_PER_COLUMN = ("<column>", "<field>", "<property>")


@cache
def sql(name: str, spec: Spec | None = None) -> SqlText:
    """The text of `queries/text/<name>.sql`, for a kind if it names one."""
    return SqlText(_filled((_TEXTS / f"{name}.sql").read_text("utf-8"), spec))


@cache
def sql_side_by_side(name: str, *specs: Spec) -> SqlText:
    """The text of `name`, which gives one row, for each of these kinds: their rows as one row."""
    answers = ", ".join(f"(\n{sql(name, spec)}\n)" for spec in specs)
    return SqlText(sql("side_by_side").replace("<answers>", answers))


@cache
def cypher(name: str, spec: Spec | None = None, other: NodeSpec | None = None) -> CypherText:
    """The text of `queries/text/<name>.cypher`, for a kind if it names one; `other` fills `<other_label>`."""
    text = _filled((_TEXTS / f"{name}.cypher").read_text("utf-8"), spec)
    return CypherText(text.replace("<other_label>", label(other)) if other else text)


def declared(text: str) -> tuple[str, ...]:
    """The parameters a text declares in its header line `params: a, b`."""
    header = next(line for line in text.splitlines() if "params:" in line)
    return tuple(name.strip() for name in header.split("params:")[1].split(",") if name.strip())


def label(spec: NodeSpec) -> str:
    """The Neo4j label of a kind: its name in PascalCase."""
    return "".join(part.capitalize() for part in spec.kind.split("_"))


def relationship_type(spec: EdgeSpec) -> str:
    """The Neo4j relationship type of a kind: its name in UPPER_SNAKE."""
    return spec.kind.upper()


def property_name(spec: Spec, field: str) -> str:
    """The Neo4j property of a field: nested values are JSON text under the name + `_json`."""
    return f"{field}_json" if field in nested_fields(spec.kind) else field


def _filled(text: str, spec: Spec | None) -> str:
    if spec is None:
        return text
    lines = [filled for line in text.splitlines() for filled in _lines(line, spec)]
    whole = "\n".join(lines)
    for term, value in _terms(spec).items():
        whole = whole.replace(term, value)
    return whole


def _lines(line: str, spec: Spec) -> list[str]:
    if not any(term in line for term in _PER_COLUMN):
        return [line]
    return [
        line.replace("<column>", f"c{place}")
        .replace("<field>", column.name)
        .replace("<property>", property_name(spec, column.name))
        for place, column in enumerate(spec.columns)
    ]


def _terms(spec: Spec) -> Mapping[str, str]:
    if isinstance(spec, NodeSpec):
        owner = "firm" if spec.firm else "account"
        return {"<kind>": spec.kind, "<table>": "node", "<label>": label(spec), "<owner>": owner}
    return {
        "<kind>": spec.kind,
        "<table>": "edge",
        "<type>": relationship_type(spec),
        "<source_kind>": spec.source,
        "<target_kind>": spec.target,
        "<source_label>": label(NODE_SPECS[spec.source]),
        "<target_label>": label(NODE_SPECS[spec.target]),
    }
