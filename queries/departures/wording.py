"""The headline of a departure, by rule, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.enums import NodeKind
from models.fields import Label
from models.findings.departures import Substitute, UnitLost, WayLost
from models.graph import AccountGraph

__all__ = ["headline"]


def headline(
    graph: AccountGraph,
    name: str,
    ways: Sequence[WayLost],
    trust: tuple[float, float],
    units: Sequence[UnitLost],
    found: Sequence[Substitute],
    lang: str,
) -> str:
    """Which way loses most, what hangs on nobody in the end, who could take over; in "en" or "zh".

    `graph` is the one without who left, `ways`, `units` and `found` in the order of the answer.
    """
    sentences = _sentences(graph, name, ways, trust, units, found)
    return "".join(said.zh for said in sentences) if lang == "zh" else " ".join(said.en for said in sentences)


def _sentences(
    graph: AccountGraph,
    name: str,
    ways: Sequence[WayLost],
    trust: tuple[float, float],
    units: Sequence[UnitLost],
    found: Sequence[Substitute],
) -> Iterator[Label]:
    if ways and ways[0].probability_loss > 0:
        whom, part = ways[0].name, f"{ways[0].probability_loss:.0%}"
        yield Label(
            f"If {name} leaves, the way to {whom} loses most: {part}.",
            f"若{name}离开，通往{whom}的路径损失最大：{part}。",
        )
    else:
        yield Label(
            f"If {name} leaves, the best way to every decider stays as it is.",
            f"若{name}离开，通往各决策者的最佳路径不变。",
        )
    was, now = (f"{value:.0f}" for value in trust)
    if was != now:
        yield Label(f"Trust goes from {was} to {now}.", f"信任度由 {was} 变为 {now}。")
    if alone := [unit.name for unit in units if unit.ours_after == 0]:
        en, zh = ", ".join(alone), "、".join(alone)
        yield Label(f"Nobody of ours is left in {en}.", f"{zh}将无人对接。")
    if found:
        best, part = found[0], f"{found[0].restored:.0%}"
        who, whom = (
            _name(graph, NodeKind.MEMBER, best.member_id),
            _name(graph, NodeKind.CONTACT, best.contact_id),
        )
        yield Label(
            f"Who could make up for most: {who}, with {whom}: {part} comes back.",
            f"最佳补位：由{who}加强与{whom}的关系，可挽回 {part}。",
        )


def _name(graph: AccountGraph, kind: NodeKind, id_: str) -> str:
    table = graph.nodes[kind]
    return str(table.texts("name")[table.position[id_]])
