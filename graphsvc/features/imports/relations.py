"""What the relations people write in their files become in the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.enums import Basis, EdgeKind, Line, Polarity
from models.faults import Code, Fault, InvalidInput
from models.fields import Label


@dataclass(frozen=True, slots=True)
class Relation:
    """The edge a relation becomes. `reversed` swaps the ends: who is asked for advice influences who asks.

    `stated` says whether rows are a person's estimates of influence; `weight` is that of rows without one.
    """

    kind: EdgeKind
    reversed: bool = False
    basis: Basis | None = None
    stated: bool = False
    weight: float | None = None
    line: Line = Line.SOLID
    polarity: Polarity = Polarity.FRIENDLY

    def described(self) -> Label:
        """What it becomes, for the summary."""
        en, zh = [str(self.kind)], [self.kind.zh]
        if self.reversed:
            en, zh = [*en, "reversed"], [*zh, "反向"]
        if self.kind is EdgeKind.REPORTS_TO:
            en, zh = [*en, self.line.en.lower()], [*zh, self.line.zh]
        if self.kind is EdgeKind.BOND:
            en, zh = [*en, self.polarity.en.lower()], [*zh, self.polarity.zh]
        if self.basis:
            en, zh = [*en, f"basis {self.basis}"], [*zh, f"依据{self.basis.zh}"]
        if self.kind is EdgeKind.INFLUENCES:
            en = [*en, "stated" if self.stated else "derived"]
            zh = [*zh, "人工判断" if self.stated else "推导"]
        if self.weight is not None:
            en, zh = [*en, f"weight as given or {self.weight}"], [*zh, f"权重取原值，无则 {self.weight}"]
        if self.kind is EdgeKind.MESSAGES:
            en, zh = [*en, "count = weight, 1 if absent"], [*zh, "次数 = 权重列，无则 1"]
        return Label(", ".join(en), "，".join(zh))


_DERIVED = 0.5
_ADVICE = Relation(EdgeKind.INFLUENCES, True, Basis.EXPERTISE, weight=_DERIVED)
_FRIEND = Relation(EdgeKind.INFLUENCES, True, Basis.FRIENDSHIP, weight=_DERIVED)
_MAIL = Relation(EdgeKind.MESSAGES)
_SOLID = Relation(EdgeKind.REPORTS_TO)
_DOTTED = Relation(EdgeKind.REPORTS_TO, line=Line.DOTTED)

KNOWN: Mapping[str, Relation] = {
    "reports_to": _SOLID,
    "汇报": _SOLID,
    "dotted_line": _DOTTED,
    "虚线汇报": _DOTTED,
    "influences": Relation(EdgeKind.INFLUENCES, stated=True),
    "影响": Relation(EdgeKind.INFLUENCES, stated=True),
    "derived_influence": Relation(EdgeKind.INFLUENCES),
    "推导影响": Relation(EdgeKind.INFLUENCES),
    "advice": _ADVICE,
    "咨询": _ADVICE,
    "friend": _FRIEND,
    "friends": _FRIEND,
    "friendship": _FRIEND,
    "朋友": _FRIEND,
    "email": _MAIL,
    "messages": _MAIL,
    "邮件": _MAIL,
    "bond": Relation(EdgeKind.BOND),
    "works_with": Relation(EdgeKind.BOND),
    "同事": Relation(EdgeKind.BOND),
    "conflict": Relation(EdgeKind.BOND, polarity=Polarity.CONFLICT),
    "冲突": Relation(EdgeKind.BOND, polarity=Polarity.CONFLICT),
}
"""The relations whose names mean something without being told."""

KINDS = (EdgeKind.INFLUENCES, EdgeKind.REPORTS_TO, EdgeKind.MESSAGES, EdgeKind.BOND)
"""What a relation can become: the edges between two contacts."""


def find(name: str, chosen: Mapping[str, Relation]) -> Relation | None:
    """What the relation called `name` becomes: as chosen, else as known. O(1)."""
    key = _key(name)
    return chosen.get(key) or KNOWN.get(key)


def known_names(chosen: Mapping[str, Relation]) -> str:
    """All names that mean something, for a message."""
    return ", ".join(dict.fromkeys([*chosen, *KNOWN]))


def relations_of(rules: list[str]) -> dict[str, Relation]:
    """Relations from rules like "advice=influences:reversed" (also :stated, :dotted, :conflict or a basis).

    A known name keeps its basis and default weight if it stays of the same kind. Raises InvalidInput.
    """
    return dict(_parsed(rule) for rule in rules)


def rules_in(mapping: str) -> list[str]:
    """The rules of a mapping file: one a line, `#` starts a comment."""
    lines = (line.partition("#")[0].strip() for line in mapping.splitlines())
    return [line for line in lines if line]


def _parsed(rule: str) -> tuple[str, Relation]:
    name, equals, what = rule.partition("=")
    word, *marks = (part.strip().casefold() for part in what.split(":"))
    kind = next((kind for kind in KINDS if kind == word), None)
    if not (name.strip() and equals and kind):
        raise _refused(rule)
    before = KNOWN.get(_key(name))
    weight = _DERIVED if kind is EdgeKind.INFLUENCES else None
    relation = (
        replace(before, reversed=False) if before and before.kind is kind else Relation(kind, weight=weight)
    )
    for mark in marks:
        relation = _marked(relation, mark, rule)
    return _key(name), relation


def _marked(relation: Relation, mark: str, rule: str) -> Relation:
    basis = next((basis for basis in Basis if basis == mark), None)
    if mark == "reversed":
        return replace(relation, reversed=True)
    if mark == "stated" and relation.kind is EdgeKind.INFLUENCES:
        return replace(relation, stated=True, weight=None)
    if mark == "dotted" and relation.kind is EdgeKind.REPORTS_TO:
        return replace(relation, line=Line.DOTTED)
    if mark == "conflict" and relation.kind is EdgeKind.BOND:
        return replace(relation, polarity=Polarity.CONFLICT)
    if basis and relation.kind in (EdgeKind.INFLUENCES, EdgeKind.BOND):
        return replace(relation, basis=basis)
    raise _refused(rule)


def _refused(rule: str) -> InvalidInput:
    kinds = ", ".join(KINDS)
    detail = Label(
        f"{rule} is not NAME=KIND[:reversed], as in advice=influences:reversed; kinds are {kinds}.",
        f"{rule} 不是 NAME=KIND[:reversed] 的形式，如 advice=influences:reversed；可用类型：{kinds}。",
    )
    return InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}))


def _key(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")
