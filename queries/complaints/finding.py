"""Complaints: what is open, whose ties it touches, what it costs us, and how satisfied they are."""

from __future__ import annotations

from datetime import date

from models.columns import SECONDS_A_DAY, day_number, iso_day
from models.enums import NodeKind
from models.findings.complaints import Complaints, LostReach, OpenComplaint, TouchedTie
from models.graph import AccountGraph
from queries.complaints.cost import Ways, counted_over_all_paths
from queries.complaints.moods import Touch, touches, willing
from queries.complaints.opened import open_complaints
from queries.complaints.satisfaction import satisfaction
from queries.numbers import significant
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.chains import ChainRules

__all__ = ["VERSION", "complaints"]

VERSION = "1"


def complaints(graph: AccountGraph, *, on: date, rules: Rules = DEFAULT_RULES) -> Complaints:
    """Complaints open on a day, the costliest first, then the oldest; and satisfaction by department.

    A complaint works through how a tie feels (docs/rules.md §1 and §13): while it is open a touched tie of
    ours carries strength/100 · `willing(mood)`, with it lifted strength/100 · `willing(mood_without)`.
    `reach` compares what the best of them carries to each of the `deciders` most influential people of the
    decision level, without a purchase in particular; `cost` is the largest loss. A complaint that names
    nobody of ours touches no tie. People under restriction are not named. Above `reach_people` people the
    way on is the best chain's probability (`onward` of the provenance says so).
    O(interactions + deciders · reach + complaints · ties they touch).
    """
    today = day_number(on)
    onward = "reach" if counted_over_all_paths(graph, rules) else "best chain"
    rows = open_complaints(graph, today)
    ties = touches(graph, on, rules, rows)
    ways = Ways.of(graph, on, rules) if rows else None
    found = []
    for row in rows:
        touched = [tie for tie in ties if tie.complaint == row]
        lost = ways.lost(touched) if ways else []
        found.append(_complaint(graph, row, today, [_tie(graph, tie, rules.chains) for tie in touched], lost))
    found.sort(key=lambda item: (-item.cost, -item.days, item.id))
    return Complaints(
        items=[item.model_copy(update={"rank": rank}) for rank, item in enumerate(found, start=1)],
        satisfaction=satisfaction(graph, rows, on=on, rules=rules),
        provenance=provenance_of(graph, on, rules, "complaints", VERSION, onward=onward),
    )


def _complaint(
    graph: AccountGraph, row: int, today: int, ties: list[TouchedTie], lost: list[LostReach]
) -> OpenComplaint:
    table, contacts = graph.nodes[NodeKind.INTERACTION], graph.contacts
    day = int(table.array("at")[row]) // SECONDS_A_DAY
    ids = dict.fromkeys(table.texts("contact_ids")[row] or ())
    places = [contacts.position[id_] for id_ in ids if id_ in contacts.position]
    shown = [place for place in places if contacts.array("restricted")[place] != 1]
    worst = max(lost, key=lambda each: each.cost, default=None)
    return OpenComplaint(
        rank=0,
        id=table.ids[row],
        since=date.fromisoformat(iso_day(day)),
        days=today - day,
        contact_ids=[contacts.ids[place] for place in shown],
        names=[contacts.texts("name")[place] for place in shown],
        member_ids=list(dict.fromkeys(table.texts("member_ids")[row] or ())),
        cost=worst.cost if worst else 0.0,
        decider_id=worst.contact_id if worst and worst.cost > 0 else None,
        ties=ties,
        reach=lost,
    )


def _tie(graph: AccountGraph, tie: Touch, rules: ChainRules) -> TouchedTie:
    numbers = {
        "strength": tie.strength,
        "liking": tie.liking,
        "liking_without": tie.liking_without,
        "mood": tie.mood,
        "mood_without": tie.mood_without,
        "factor": willing(tie.mood, rules),
        "factor_without": willing(tie.mood_without, rules),
    }
    return TouchedTie(
        member_id=graph.nodes[NodeKind.MEMBER].ids[tie.member],
        contact_id=graph.contacts.ids[tie.contact],
        **{name: significant(value) for name, value in numbers.items()},
    )
