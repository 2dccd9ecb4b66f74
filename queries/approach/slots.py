"""What the sentences of an approach are filled with: known of the contact, or a word that always fits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.columns import NOT_SET, code_of
from models.enums import EdgeKind, InstalledAt, Kind, NodeKind, OpportunityStatus
from models.fields import Label
from models.graph import AccountGraph
from models.names import has_chinese
from models.records import Body

__all__ = ["AtWork", "Slot", "installed_for", "slots_for", "spoken"]

MOST_LETTERS = 80
"""A goal longer than this is no longer said in one breath."""

_DEPARTMENT = Label("your department", "贵部门")
_GOAL = Label("this year's goals", "今年的目标")
_INSTALLED = Label("the present equipment", "现有设备")
_OURS = Label("our solution", "我们的方案")
_DEAL = Label("this project", "这个项目")
_MARKS = " 。．.；;，,！!？?"
_ENDS = r"(?<=[。！？；])|(?<=[.!?;])\s"
Keys = tuple[tuple[Kind, str], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """What is said in a slot, and the records it was read from; none for a word that always fits."""

    label: Label
    evidence: Keys = ()


@dataclass(frozen=True, slots=True)
class AtWork:
    """A product at work where the contact works: its name, whose it is, how content they are (1–5)."""

    name: str
    ours: bool
    satisfaction: float
    evidence: Keys


def slots_for(
    graph: AccountGraph,
    department: int,
    opportunity_id: str | None,
    dossier: Body | None,
    installed: AtWork | None,
    on: date,
) -> Mapping[str, Slot]:
    """Every slot, filled for a contact of the department at a position (−1: unknown). O(products)."""
    return {
        "department": _department(graph, department),
        "goal": _goal(graph, department, dossier, on),
        "installed": _installed(installed),
        "ours": _ours(graph, installed_for(graph, department, ours=True)),
        "deal": _deal(graph, opportunity_id),
    }


def installed_for(graph: AccountGraph, department: int, *, ours: bool = False) -> AtWork | None:
    """What is installed in a department, else in the whole account; of several the one that pleases least.

    Equal ones by id; products nobody has judged come last. `ours` looks at what we made alone.
    O(installations).
    """
    uses, products = graph.edges[EdgeKind.USES], graph.nodes[NodeKind.PRODUCT]
    at_department = uses.array("source_kind") == code_of(InstalledAt.DEPARTMENT)
    own = graph.nodes[NodeKind.ACCOUNT].position.get(graph.account_id, -1)
    score, theirs = uses.array("satisfaction"), products.texts("competitor_id")
    for rows in (
        np.flatnonzero(at_department & (uses.source == department)),
        np.flatnonzero(~at_department & (uses.source == own)),
    ):
        looked_at = [row for row in rows.tolist() if not ours or theirs[uses.target[row]] is None]
        order = sorted(looked_at, key=lambda row: (np.nan_to_num(score[row], nan=9.0), uses.ids[row]))
        if order:
            row, product = order[0], int(uses.target[order[0]])
            evidence = ((EdgeKind.USES, uses.ids[row]), (NodeKind.PRODUCT, products.ids[product]))
            name, own_make = products.texts("name")[product], theirs[product] is None
            return AtWork(name, own_make, float(score[row]), evidence)
    return None


def spoken(text: str, lang: str) -> str:
    """What of a text is said in a language: its first sentence in it, else its first, without its full stop.

    At most `MOST_LETTERS` long; white space becomes single blanks. Empty if nothing but marks is there.
    """
    plain = " ".join(text.split())
    pieces = [piece.strip(_MARKS) for piece in re.split(_ENDS, plain)]
    sentences = [piece for piece in pieces if re.search(r"\w", piece)]
    fitting = [piece for piece in sentences if has_chinese(piece) is (lang == "zh")]
    said = next(iter([*fitting, *sentences]), "")
    return said if len(said) <= MOST_LETTERS else said[: MOST_LETTERS - 1].rstrip() + "…"


def _name(text: str) -> Label:
    plain = " ".join(text.split())
    return Label(plain, plain)


def _installed(installed: AtWork | None) -> Slot:
    return Slot(_INSTALLED) if installed is None else Slot(_name(installed.name), installed.evidence)


def _department(graph: AccountGraph, department: int) -> Slot:
    if department < 0:
        return Slot(_DEPARTMENT)
    table = graph.nodes[NodeKind.DEPARTMENT]
    return Slot(_name(table.texts("name")[department]), ((NodeKind.DEPARTMENT, table.ids[department]),))


def _goal(graph: AccountGraph, department: int, dossier: Body | None, on: date) -> Slot:
    """The contact's goal of the year, else the department's mandate, else the account's goals."""
    goals = (dossier or {}).get("goals")
    departments, accounts = graph.nodes[NodeKind.DEPARTMENT], graph.nodes[NodeKind.ACCOUNT]
    own = accounts.position.get(graph.account_id)
    told: list[tuple[str | None, Label, Keys]] = []
    if dossier and goals and goals["expires_on"] >= on.isoformat():
        told.append(
            (goals["text"], Label("this year's goal", "今年的目标"), ((NodeKind.DOSSIER, dossier["id"]),))
        )
    if department >= 0:
        key = (NodeKind.DEPARTMENT, departments.ids[department])
        mandate = departments.texts("mandate")[department]
        told.append((mandate, Label("the department's task", "本职工作"), (key,)))
    if own is not None:
        key = (NodeKind.ACCOUNT, graph.account_id)
        told.append((accounts.texts("goals")[own], Label("the company's goal", "公司目标"), (key,)))
    for text, name, evidence in told:
        en, zh = spoken(text or "", "en"), spoken(text or "", "zh")
        if en and zh:
            return Slot(Label(f"{name.en} (“{en}”)", f"{name.zh}（“{zh}”）"), evidence)
    return Slot(_GOAL)


def _ours(graph: AccountGraph, installed: AtWork | None) -> Slot:
    """Our product that is installed there, else the only one of ours installed anywhere in the account."""
    if installed is not None:
        return Slot(_name(installed.name), installed.evidence)
    products = graph.nodes[NodeKind.PRODUCT]
    used = np.unique(graph.edges[EdgeKind.USES].target).tolist()
    ours = [row for row in used if products.texts("competitor_id")[row] is None]
    if len(ours) != 1:
        return Slot(_OURS)
    return Slot(_name(products.texts("name")[ours[0]]), ((NodeKind.PRODUCT, products.ids[ours[0]]),))


def _deal(graph: AccountGraph, opportunity_id: str | None) -> Slot:
    """The purchase asked about, else the only open one."""
    deals = graph.nodes[NodeKind.OPPORTUNITY]
    status = deals.array("status")
    open_ = np.flatnonzero((status == code_of(OpportunityStatus.OPEN)) | (status == NOT_SET)).tolist()
    row = deals.position[opportunity_id] if opportunity_id else open_[0] if len(open_) == 1 else None
    if row is None:
        return Slot(_DEAL)
    return Slot(_name(deals.texts("name")[row]), ((NodeKind.OPPORTUNITY, deals.ids[row]),))
