"""What is known of each competitor beside its ties: SWOT, the four questions, what it has installed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from models.enums import CompetitorStatus, EdgeKind, NodeKind
from models.findings.threats import CompetitorThreat, PurchaseThreat, Rivalry
from models.graph import AccountGraph
from queries.numbers import significant
from queries.people import People
from queries.relations.products import installed_products
from queries.rules import Rules
from queries.threats.courted import Stake

__all__ = ["competitor_threats", "purchase_threats"]

_STATUS = tuple(CompetitorStatus)
_SAID = ("their_features", "our_features", "our_advantages", "their_disadvantages", "chances", "threats")
_DECIMALS = 9


def competitor_threats(
    today: AccountGraph, on: date, who: People, whole: Stake, stakes: Sequence[Stake], rules: Rules
) -> list[CompetitorThreat]:
    """Each competitor of the account, by its points in `whole`, equal ones by id. O(competitors · rows)."""
    firms = today.nodes[NodeKind.COMPETITOR]
    totals = [whole.total(firm) for firm in range(len(firms))]
    decide, installed = who.deciders(), installed_products(today, on=on)
    found = []
    for firm in sorted(range(len(firms)), key=lambda firm: (-round(totals[firm], _DECIMALS), firm)):
        rows = whole.courted.where(whole.courted.competitor == firm)
        ahead = rows.contact[rows.lead > 0]
        both = np.minimum(rows.theirs, rows.ours) >= rules.threats.contested_points
        found.append(
            CompetitorThreat(
                competitor_id=firms.ids[firm],
                name=firms.texts("name")[firm],
                points=significant(totals[firm]),
                leads=len(ahead),
                deciders=[today.contacts.ids[contact] for contact in ahead[decide[ahead]].tolist()],
                contested=int(both.sum()),
                strengths=firms.texts("strengths")[firm],
                weaknesses=firms.texts("weaknesses")[firm],
                purchases=[row for stake in stakes if (row := _rivalry(today, stake, firm))],
                installed=[line for line in installed if line.competitor_id == firms.ids[firm]],
            )
        )
    return found


def purchase_threats(today: AccountGraph, stakes: Sequence[Stake]) -> list[PurchaseThreat]:
    """What all competitors threaten in each purchase, the most threatened first, equal ones by id."""
    firms = today.nodes[NodeKind.COMPETITOR].ids
    found = []
    for stake in sorted(stakes, key=lambda stake: (-round(stake.total(), _DECIMALS), stake.opportunity_id)):
        assert stake.opportunity_id is not None
        totals = [round(stake.total(firm), _DECIMALS) for firm in range(len(firms))]
        most = max(totals, default=0.0)
        found.append(
            PurchaseThreat(
                opportunity_id=stake.opportunity_id,
                name=_name(today, stake.opportunity_id),
                points=significant(stake.total()),
                first_competitor_id=firms[totals.index(most)] if most > 0 else None,
            )
        )
    return found


def _name(today: AccountGraph, opportunity_id: str) -> str:
    deals = today.nodes[NodeKind.OPPORTUNITY]
    return str(deals.texts("name")[deals.position[opportunity_id]])


def _rivalry(today: AccountGraph, stake: Stake, firm: int) -> Rivalry | None:
    """A competitor in a purchase; None if it neither competes in it nor threatens anything there."""
    assert stake.opportunity_id is not None
    table = today.edges[EdgeKind.COMPETES_IN]
    deal = today.nodes[NodeKind.OPPORTUNITY].position[stake.opportunity_id]
    rows = np.flatnonzero((table.source == firm) & (table.target == deal)).tolist()
    points = stake.total(firm)
    if not rows and points == 0:
        return None
    row = rows[0] if rows else None
    said = {name: None if row is None else table.texts(name)[row] for name in _SAID}
    return Rivalry(
        opportunity_id=stake.opportunity_id,
        name=_name(today, stake.opportunity_id),
        points=significant(points),
        edge_id=None if row is None else table.ids[row],
        status=None if row is None else _STATUS[table.array("status")[row]],
        **said,
    )
