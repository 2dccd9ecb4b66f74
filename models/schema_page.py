"""Write docs/schema.md, the page of every kind, field and vocabulary: `python -m models.schema_page`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from models.describe import FieldLine, Vocabulary, field_lines
from models.kinds import NODE_SPECS, SPECS, EdgeSpec, NodeSpec, Spec
from models.privacy import FieldClass
from models.questionnaire import QUESTIONNAIRES
from models.terms import Degree
from models.trade import DEFAULT_CONCERNS, STEP_OF_STAGE, WORK_OF_STAGE

_HEAD = """# What the graph holds

Made by `make docs` from the rows of `models/`; a test compares. Every kind, field and word has an English and
a Chinese label, and this page is where both stand. Besides the fields below every record has `revision`,
`created_at` and `updated_at`, which the service keeps.

A field in **bold** is required. *Class* says who may see a field: """
_COLUMNS = ("field", "English", "中文", "type", "unit", "default", "class", "refers to, on delete")


def page() -> str:
    """The page as text."""
    sections = [
        _HEAD + ", ".join(f"{klass} {klass.zh}" for klass in FieldClass) + ".\n",
        "## Nodes\n",
        *(_section(spec) for spec in SPECS if isinstance(spec, NodeSpec)),
        "## Edges\n",
        *(_section(spec) for spec in SPECS if isinstance(spec, EdgeSpec)),
        "## Parts of records\n",
        *_parts(),
        "## Vocabularies\n",
        *(_vocabulary(words) for words in vocabularies()),
        "## Questionnaire\n",
        *(_questionnaire(version) for version in QUESTIONNAIRES),
        _stages(),
        _concerns(),
    ]
    return "\n".join(sections)


def vocabularies() -> list[Vocabulary]:
    """The closed vocabularies that fields use, in the order they first come."""
    lines = (line for spec in SPECS for line in field_lines(spec.kind))
    return list(dict.fromkeys(line.vocabulary for line in lines if line.vocabulary))


def _parts() -> list[str]:
    """A table for each part, with the fields as they are where the part first comes."""
    found: dict[str, str] = {}
    for spec in SPECS:
        lines = field_lines(spec.kind)
        for holder in lines:
            if holder.part and holder.part.__name__ not in found:
                under = len(holder.path)
                inside = [
                    line for line in lines if line.path[:under] == holder.path and len(line.path) > under
                ]
                rows = [(*_row(line)[:6], _row(line)[7]) for line in inside]
                table = _table((*_COLUMNS[:6], _COLUMNS[7]), rows)
                found[holder.part.__name__] = f"### {holder.part.__name__}\n\n{table}"
    return list(found.values())


def _section(spec: Spec) -> str:
    rows = [_row(line) for line in field_lines(spec.kind) if line.own]
    title = f"### `{spec.kind}` {spec.kind.en} {spec.kind.zh}\n"
    return "\n".join([title, " ".join(_about(spec)) + "\n", _table(_COLUMNS, rows)])


def _about(spec: Spec) -> Iterator[str]:
    if isinstance(spec, NodeSpec):
        yield "Belongs to no account." if spec.firm else "Lies in the log of its account."
        if spec.private:
            yield "Has a right of its own: no plain routes, no place in exports."
        else:
            yield f"Route `/{spec.plural}`."
        if spec.one_per:
            yield f"One per `{spec.one_per}`."
        return
    sources = " or ".join(f"`{kind}`" for kind in spec.sources)
    yield f"{sources} {'↔' if spec.undirected else '→'} `{spec.target}`; groups {', '.join(spec.groups)}."
    owner = "source" if spec.of_source or NODE_SPECS[spec.target].firm else "target"
    yield f"Belongs to the account of its {owner}."
    if spec.crosses:
        yield "May join two accounts."
    yield f"Route `/{spec.plural}`."


def _row(line: FieldLine) -> tuple[str, ...]:
    name = f"**`{line.name}`**" if line.required else f"`{line.name}`"
    to = f"`{line.reference.kind}`, {line.reference.on_delete}" if line.reference else ""
    unit = f"{line.unit.en} {line.unit.zh}" if line.unit else ""
    return (name, line.label.en, line.label.zh, line.form, unit, line.default, line.field_class, to)


def _vocabulary(words: Vocabulary) -> str:
    rows = [
        (f"`{word.value}`" if not isinstance(word, Degree) else f"`{int(word)}`", word.en, word.zh)
        for word in words
    ]
    return "\n".join([f"### {words.__name__}\n", _table(("value", "English", "中文"), rows)])


def _questionnaire(version: int) -> str:
    rows = [
        (f"`{question.id}`", f"{question.half.en} {question.half.zh}", question.text.en, question.text.zh)
        for question in QUESTIONNAIRES[version]
    ]
    return "\n".join([f"### Version {version}\n", _table(("question", "half", "English", "中文"), rows)])


def _stages() -> str:
    rows = [
        (
            f"{stage.en} {stage.zh}",
            f"{STEP_OF_STAGE[stage].en} {STEP_OF_STAGE[stage].zh}",
            f"{told.milestone.en} {told.milestone.zh}",
            f"{told.work.en} {told.work.zh}",
        )
        for stage, told in WORK_OF_STAGE.items()
    ]
    header = ("our stage", "the buyer's step", "milestone 关键节点", "work")
    return "\n".join(["## Stages, steps, milestones\n", _table(header, rows)])


def _concerns() -> str:
    rows = [
        (f"{category.en} {category.zh}", ", ".join(f"{code.en} {code.zh}" for code in codes))
        for category, codes in DEFAULT_CONCERNS.items()
    ]
    return "\n".join(["## Usual concerns of each category\n", _table(("category", "concerns"), rows)])


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(header)
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())
