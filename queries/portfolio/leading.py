"""Who matters most in each account of a portfolio, and how well ours know them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.enums import Category, NodeKind, Step
from models.findings.influence import Influencer
from models.findings.portfolio import AccountInfluencer
from models.graph import AccountGraph
from models.measures import Measure
from queries.influence.ranking import rank_influencers
from queries.numbers import significant
from queries.rules import DEFAULT_RULES, Rules
from queries.strength.by_contact import best_tie_rows
from queries.strength.table import strength_table

__all__ = ["leading", "merged"]


def leading(
    graph: AccountGraph,
    account: str,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    step: Step | None = None,
    measure: Measure | None = None,
    category: Category | None = None,
    most: int = 5,
    max_strength: float | None = None,
) -> list[AccountInfluencer]:
    """The first `most` people of an account's ranking (docs/rules.md §2), of those nobody knows too well.

    `account` is its name. With `max_strength` people to whom ours have a stronger tie are left out, so
    that everybody's place is made and not only the first ones'. The places are kept by the graph.
    O(a ranking and a table of strengths).
    """
    shown = most if max_strength is None else None
    key = ("leading", on, rules.version, step, measure, category, shown)
    ranked: Sequence[Influencer] = graph.memo(
        key,
        lambda: (
            rank_influencers(
                graph, on=on, rules=rules, step=step, measure=measure, category=category, most=shown
            ).items
        ),
    )
    best = _best_ties(graph, on, rules)
    found = []
    for person in ranked:
        strength, member = best.get(person.contact_id, (0.0, None))
        if max_strength is not None and strength > max_strength:
            continue
        shared = person.model_dump(include={"rank", "contact_id", "name", "score", "share"})
        found.append(
            AccountInfluencer(
                account_id=graph.account_id,
                account=account,
                **shared,
                category=person.category,
                key_player=person.key_player,
                hidden=person.hidden,
                strength=significant(strength),
                known_by=member,
            )
        )
        if len(found) == most:
            break
    return found


def merged(accounts: Sequence[Sequence[AccountInfluencer]]) -> list[AccountInfluencer]:
    """The people of all accounts: by score in their account, then account and rank."""
    people = [person for account in accounts for person in account]
    return sorted(people, key=lambda person: (-person.score, person.account_id, person.rank))


def _best_ties(graph: AccountGraph, on: date, rules: Rules) -> dict[str, tuple[float, str]]:
    """The strongest tie of ours to each contact who has one."""
    table = strength_table(graph, on=on, rules=rules)
    members, contacts = graph.nodes[NodeKind.MEMBER].ids, graph.contacts.ids
    return {
        contacts[contact]: (float(table.strength[row]), members[table.member[row]])
        for contact, row in enumerate(best_tie_rows(table, len(contacts)).tolist())
        if row >= 0
    }
