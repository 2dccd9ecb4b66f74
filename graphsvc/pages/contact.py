"""One person: part and attitude, our ties line by line, whom he listens to, what to say, what happened."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from graphsvc.errors import NotFound
from graphsvc.features.approach.schemas import ApproachQuery
from graphsvc.features.approach.service import approach_to
from graphsvc.features.positions.service import trail_in
from graphsvc.features.questions import Question
from graphsvc.features.ranking.schemas import RankingQuery
from graphsvc.features.ranking.service import influencers
from graphsvc.features.strength.schemas import StrengthQuery, TrailQuery
from graphsvc.features.strength.service import strengths
from graphsvc.features.strength.service import trail_of as course_of
from graphsvc.pages.asking import Asked, Part, Shown
from graphsvc.pages.happened import happened_to, spoken_with
from models.enums import Attitude, Basis, EdgeKind, Kind, NodeKind, Voice
from models.faults import Code, InvalidInput
from models.fields import Label
from models.findings.approach import Approach
from models.findings.influence import Ranking
from models.findings.positions import PositionTrail
from models.findings.strength import StrengthPoint, Strengths, TieStrength
from models.graph import AccountGraph
from models.records import Body
from viz.labels import ROLES_BY_WEIGHT
from viz.naming import Names

FIRST_LINES = 6
_TIES = (EdgeKind.INFLUENCES, EdgeKind.REPORTS_TO, EdgeKind.BOND, EdgeKind.COURTS)
_BASES = {str(basis): basis for basis in Basis}
_ATTITUDES = {int(attitude): attitude for attitude in Attitude}
_VOICES = {int(voice): voice for voice in Voice}


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of the person: its record, who is at the other end, and whether it leads there."""

    id: str
    kind: EdgeKind
    other: str
    name: str
    leads: bool
    body: Body

    @property
    def basis(self) -> Basis | None:
        """Why it holds."""
        return _BASES.get(str(self.body.get("basis")))


@dataclass(frozen=True, slots=True)
class Playing:
    """The person's part in a purchase."""

    id: str
    opportunity_id: str
    deal: str
    body: Body

    @property
    def roles(self) -> list[Any]:
        """The buying roles, weightiest first."""
        return [role for role in ROLES_BY_WEIGHT if role in self.body.get("roles", ())]

    @property
    def attitude(self) -> Attitude | None:
        """What he thinks of us in it."""
        return _ATTITUDES.get(self.body.get("attitude", 99))

    @property
    def voice(self) -> Voice | None:
        """How much his word weighs, apart from rank."""
        return _VOICES.get(self.body.get("voice", 99))


async def contact(asked: Asked) -> Shown:
    """A person of the account, on the address' day and in its purchase. Raises NotFound, InvalidInput."""
    graph, id_ = await asked.graph(), asked.contact_id
    if id_ not in graph.contacts.position:
        raise NotFound(NodeKind.CONTACT, id_)
    parts, names = await _answers(asked)
    ranked, trail = cast(Ranking, parts[1].answer), cast(PositionTrail, parts[2].answer)
    held = graph.on(names.on)
    ties, playing = _ties(held, id_, names), _playing(held, id_, names)
    job = next(
        (row for row in held.edges[EdgeKind.WORKS_IN].rows(held.nodes) if row["source_id"] == id_), None
    )
    records: list[tuple[Kind, str]] = [(NodeKind.CONTACT, id_), *((tie.kind, tie.id) for tie in ties)]
    records += [(EdgeKind.PLAYS, part.id) for part in playing]
    records += [(EdgeKind.WORKS_IN, job["id"])] if job else []
    return Shown(
        parts,
        {
            "names": names,
            "who": names.person(id_),
            "job": job,
            "standing": trail.contact,
            "place": next((item for item in ranked.items if item.contact_id == id_), None),
            "ranked": len(ranked.items),
            "talk": parts[3].answer if len(parts) > 3 else None,
            "lines": _lines,
            "courses": await asyncio.to_thread(_courses, graph, cast(Strengths, parts[0].answer), asked),
            "ties": ties,
            "playing": playing,
            "spoken": await spoken_with(asked, graph, id_),
            "actions": _actions(graph, id_, names.on),
            "happened": await happened_to(asked, records),
            "dossiers": asked.scope.dossiers,
        },
    )


def _courses(graph: AccountGraph, ties: Strengths, asked: Asked) -> dict[str, list[StrengthPoint]]:
    """Each tie of ours to the contact at the ends of the last months, by who of ours holds it."""
    question = asked.question(TrailQuery)
    return {
        tie.member_id: course_of(graph, tie.member_id, tie.contact_id, question, asked.rules).items
        for tie in ties.items
    }


async def _answers(asked: Asked) -> tuple[tuple[Part, ...], Names]:
    """Strength of our ties, ranking, trail of positions and, if there is anybody, what to say."""
    store, scope, account, rules, id_ = (
        asked.store,
        asked.scope,
        asked.account_id,
        asked.rules,
        asked.contact_id,
    )
    of_ties = asked.question(StrengthQuery, contact_id=id_)
    of_place, of_rank = asked.question(Question), asked.question(RankingQuery)
    of_talk = asked.question(ApproachQuery)
    ties, ranked, trail, talk = await asyncio.gather(
        strengths(store, scope, account, of_ties, rules),
        influencers(store, scope, account, of_rank, rules, asked.lang),
        trail_in(store, scope, account, id_, of_place, rules),
        _talk(asked, of_talk),
    )
    parts = [
        Part("strength", ties, of_ties, Label("Strength of our ties", "我方关系强度")),
        Part("influencers", ranked, of_rank, Label("Rank", "排名")),
        Part("positions", trail, of_place, Label("Position", "关系定位"), _api(asked, "positions")),
    ]
    if talk is not None:
        parts.append(Part("approach", talk, of_talk, Label("What to say", "怎么谈"), _api(asked, "approach")))
    return tuple(parts), await asked.names(ranked, of_rank)


async def _talk(asked: Asked, question: ApproachQuery) -> Approach | None:
    """What to say; None of a seat whose holder nobody knows."""
    try:
        return await approach_to(
            asked.store, asked.scope, asked.account_id, asked.contact_id, question, asked.rules, asked.lang,
            asked.request_id,
        )  # fmt: skip
    except InvalidInput as refused:
        if any(fault.code is not Code.NO_HOLDER for fault in refused.faults):
            raise
        return None


def _api(asked: Asked, answer: str) -> str:
    return f"accounts/{asked.account_id}/{answer}/{asked.contact_id}"


def _lines(tie: TieStrength) -> tuple[list[Any], list[Any]]:
    """The heaviest lines of a strength, and the others."""
    ordered = sorted(tie.contributions, key=lambda line: (-abs(line.points), line.kind, line.id))
    return ordered[:FIRST_LINES], ordered[FIRST_LINES:]


def _ties(held: AccountGraph, id_: str, names: Names) -> list[Tie]:
    """The person's ties on the day, by kind, the heaviest first. O(ties)."""
    place, found = held.contacts.position[id_], []
    for kind in _TIES:
        table = held.edges[kind]
        theirs = table.spec.source is not NodeKind.CONTACT
        mine = (table.target == place) | ((table.source == place) & (not theirs))
        for body in table.where(mine).rows(held.nodes):
            leads = body["source_id"] == id_
            other = body["target_id" if leads else "source_id"]
            end = NodeKind.CONTACT if leads else table.spec.source
            found.append(Tie(body["id"], kind, other, names.of(end, other), leads, body))
    weight = {tie.id: tie.body.get("weight", tie.body.get("strength", 0.0)) or 0.0 for tie in found}
    return sorted(found, key=lambda tie: (_TIES.index(tie.kind), -weight[tie.id], tie.name))


def _playing(held: AccountGraph, id_: str, names: Names) -> list[Playing]:
    table = held.edges[EdgeKind.PLAYS]
    mine = table.where(table.source == held.contacts.position[id_])
    return [
        Playing(body["id"], body["target_id"], names.deal(body["target_id"]), body)
        for body in mine.rows(held.nodes)
    ]


def _actions(graph: AccountGraph, id_: str, on: date) -> list[Body]:
    """Promises and next steps that are open, the first due first."""
    table = graph.nodes[NodeKind.ACTION]
    chosen = [row for row, whom in zip(table.rows(), table.texts("contact_id"), strict=True) if whom == id_]
    still = [row for row in chosen if not row.get("done_on") or date.fromisoformat(row["done_on"]) > on]
    return sorted(still, key=lambda row: (row.get("due") or "9999", row["id"]))
