"""What every view carries around its drawing: legend, provenance, headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from models.enums import Attitude, BuyingRole, EdgeKind, NodeKind, Step
from models.findings.base import Provenance
from models.findings.influence import Ranking
from models.findings.views import LegendRow, View
from models.graph import AccountGraph
from queries.influence.ranking import Standings
from queries.rules import DEFAULT_RULES
from viz.labels import in_language, label
from viz.layout.boxes import Box
from viz.network import SafeNetwork
from viz.texts import texts
from viz.theme import THEME

VERSION = "1"
Row = dict[str, Any]


def legend_labels(lang: str) -> dict[str, str]:
    """Every row a legend can have, in the order they are shown."""
    _ = texts(lang)
    influences = label(EdgeKind.INFLUENCES, lang)
    return {
        **{f"attitude:{value.value}": label(value, lang) for value in Attitude},
        "attitude:unknown": _("Attitude unknown"),
        "kind:group": _("Group of people"),
        "kind:ours": label(NodeKind.MEMBER, lang),
        "kind:rival": label(NodeKind.RIVAL, lang),
        "mark:chain": _("Best decision chain"),
        "edge:influences:1": _("{tie}, source for us", tie=influences),
        "edge:influences:0": _("{tie}, source neutral or unknown", tie=influences),
        "edge:influences:-1": _("{tie}, source against us", tie=influences),
        "edge:bond:1": _("Friendly bond"),
        "edge:bond:-1": _("Conflict"),
        "edge:messages": label(EdgeKind.MESSAGES, lang),
        "edge:knows": _("Our ties"),
        "edge:courts": _("Competitors' ties"),
        "edge:reports_to": _("Reporting line"),
        "edge:dotted": _("Dotted reporting line"),
        **{f"role:{role}": label(role, lang) for role in BuyingRole},
        "mark:key": _("Among the first five by influence"),
        "mark:hidden": _("Hidden influencer"),
        "mark:not_met": _("Not met by us"),
        "mark:stale": _("Unconfirmed for over 90 days"),
        "mark:placeholder": _("Seat whose holder is not known"),
        "mark:left": _("Has left"),
    }


def legend(nodes: Iterable[Row], edges: Iterable[Row], lang: str) -> list[LegendRow]:
    """What is on screen, how often; a group counts for all of its people (`counted`). O(nodes + edges)."""
    counts: Counter[str] = Counter()
    for node in nodes:
        counts.update(node["keys"])
        counts.update(node.get("counted", {}))
    for edge in edges:
        counts[edge["key"]] += 1
        counts["mark:chain"] += edge.get("chain") is not None
    labels = legend_labels(lang)
    return [LegendRow(key=key, label=labels[key], count=counts[key]) for key in labels if counts[key]]


def provenance(
    graph: AccountGraph,
    algorithm: str,
    on: date,
    ranking: Ranking | Standings | None,
    parameters: Mapping[str, Any],
) -> Provenance:
    """What a view was drawn from; rules and moment are those of the ranking it shows."""
    return Provenance(
        algorithm=algorithm,
        version=VERSION,
        rules_version=ranking.provenance.rules_version if ranking else DEFAULT_RULES.version,
        parameters={name: value for name, value in parameters.items() if value is not None},
        account_sequence=graph.sequence,
        firm_sequence=graph.firm_sequence,
        as_of=ranking.provenance.as_of if ranking else None,
        on=on,
    )


def title_of(graph: AccountGraph, lang: str) -> str:
    """The account's name."""
    accounts = graph.nodes[NodeKind.ACCOUNT]
    place = accounts.position.get(graph.account_id)
    return in_language(accounts.texts("name")[place], lang) if place is not None else graph.account_id


def deal_line(graph: AccountGraph, opportunity_id: str | None, step: Step | None, lang: str) -> list[str]:
    """The purchase and the step a view looks at, for its subtitle."""
    _ = texts(lang)
    deals, parts = graph.nodes[NodeKind.OPPORTUNITY], []
    if opportunity_id is not None and opportunity_id in deals.position:
        place = deals.position[opportunity_id]
        parts.append(_("opportunity: {name}", name=in_language(deals.texts("name")[place], lang)))
        code = int(deals.array("step")[place])
        step = step or (tuple(Step)[code] if code >= 0 else None)
    if step is not None:
        parts.append(_("purchasing step: {step}", step=label(step, lang)))
    return parts


def bounds_of(box: Box) -> dict[str, float]:
    """A box as a view carries it."""
    return {"x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}


def view_of(network: SafeNetwork, *, lang: str, **fields: Any) -> View:
    """A view of a network that was built; the other fields are the view's own."""
    nodes, edges = network.nodes, network.edges
    return View(
        version=VERSION,
        lang="zh" if lang == "zh" else "en",
        nodes=nodes,
        edges=edges,
        options=network.options,
        legend=legend(nodes, edges, lang),
        theme=THEME,
        **fields,
    )
