"""Where competitors threaten us."""

from __future__ import annotations

from models.enums import Category, CompetitorStatus
from models.findings.base import Answer, Evidence, Finding
from models.findings.installed import Installed


class Threat(Finding):
    """A competitor's tie to a contact against ours, strengths 0–100. `lead` is theirs less ours, 0 at least.

    `points` = lead · influence / 100. `contested`: both are strong. `decides`: sits at the decision level,
    or decides or approves in the purchase. `member_id` is who of ours knows the contact best.
    """

    rank: int
    contact_id: str
    name: str
    category: Category | None
    decides: bool
    competitor_id: str
    rival_id: str
    theirs: float
    ours: float
    member_id: str | None
    lead: float
    influence: float
    points: float
    contested: bool
    evidence: list[Evidence]


class Rivalry(Finding):
    """A competitor in one purchase: the four questions, and what the purchase offers and threatens (SWOT).

    `points` is what it threatens there, by the influence of that purchase. Texts are those of the
    `competes_in` tie `edge_id`; without one nobody has noted yet that it competes.
    """

    opportunity_id: str
    name: str
    points: float
    edge_id: str | None
    status: CompetitorStatus | None
    their_features: str | None
    our_features: str | None
    our_advantages: str | None
    their_disadvantages: str | None
    chances: str | None
    threats: str | None


class CompetitorThreat(Finding):
    """A competitor: what it threatens in all, where it leads, its strengths, weaknesses and products."""

    competitor_id: str
    name: str
    points: float
    leads: int
    deciders: list[str]
    contested: int
    strengths: str | None
    weaknesses: str | None
    purchases: list[Rivalry]
    installed: list[Installed]


class PurchaseThreat(Finding):
    """What all competitors together threaten in one purchase, by the influence that holds in it."""

    opportunity_id: str
    name: str
    points: float
    first_competitor_id: str | None


class Threats(Answer[Threat]):
    """Competitors' ties to contacts: deciders where they lead first, then by points.

    `competitors` come by their points, `purchases` by theirs.
    """

    competitors: list[CompetitorThreat]
    purchases: list[PurchaseThreat]
