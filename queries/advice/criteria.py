"""Rules of what an open purchase is judged by: criteria, tender, budget, and how long it stands still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.enums import BudgetState, BuyingRole, CriterionOrigin, Step
from models.fields import Label
from queries.advice.alerts import Alert, days
from queries.advice.case import SHOWN, Case
from queries.advice.words.purchase import PurchaseRule as Rule
from queries.deals.purchase import Purchase

__all__ = ["criteria_alerts"]

_UNSAID = Label("nothing said of it", "未注明")


def criteria_alerts(case: Case) -> Iterator[Alert]:
    """What of the criteria, the tender and the budget of open purchases needs work. O(people + criteria)."""
    for deal in case.open_deals:
        yield from _criteria(case, deal)
        yield from _undecided(case, deal)
        yield from _standing(case, deal)


def _criteria(case: Case, deal: Purchase) -> Iterator[Alert]:
    theirs = [part for part in deal.criteria if part["origin"] == CriterionOrigin.COMPETITOR]
    if theirs:
        owners = _owners(case, [part["owner_id"] for part in theirs if part.get("owner_id")])
        texts = [str(part["text"]) for part in theirs]
        yield Alert(
            Rule.CRITERIA_THEIRS,
            {
                "deal": deal.name,
                "count": len(theirs),
                "all": len(deal.criteria),
                "criteria": tuple(texts[:SHOWN]) + _more(len(texts) - SHOWN),
                "people": case.names(owners) if owners else Label("who wrote them", "编写人"),
            },
            (deal.key, *(case.key(owner) for owner in owners)),
            deal.id,
            contact_id=case.graph.contacts.ids[owners[0]] if owners else None,
            subject=(deal.id,),
        )
    ours = any(part["origin"] == CriterionOrigin.OURS for part in deal.criteria)
    if deal.step is Step.DESIGN and not deal.tendered(case.on) and not ours:
        yield Alert(Rule.CRITERIA_NOT_OURS, {"deal": deal.name}, (deal.key,), deal.id)


def _undecided(case: Case, deal: Purchase) -> Iterator[Alert]:
    """Who evaluates after the tender and is not known to be for us."""
    if deal.step is not Step.EVALUATE or deal.tender is None or not deal.tendered(case.on):
        return
    who = case.who_in(deal.id)
    evaluates = who.holding(BuyingRole.EVALUATOR)
    open_ = case.by_influence(evaluates & who.counts & ~(who.attitude > 0))
    if open_:
        yield Alert(
            Rule.TENDER_UNDECIDED,
            {
                "deal": deal.name,
                "days": days((case.on - deal.tender).days),
                "people": case.names(open_),
            },
            (deal.key, *case.parts(deal, open_)),
            deal.id,
            contact_id=case.graph.contacts.ids[open_[0]],
            subject=(deal.id,),
        )


def _standing(case: Case, deal: Purchase) -> Iterator[Alert]:
    table = case.table
    if deal.has_come_to(table.budget_from) and deal.budget_state is not BudgetState.APPROVED:
        params = {"deal": deal.name, "step": deal.step, "state": deal.budget_state or _UNSAID}
        yield Alert(Rule.BUDGET_UNSURE, params, (deal.key,), deal.id)
    stood = (case.on - deal.since).days if deal.since else 0
    if stood > table.stalled_days:
        params = {"deal": deal.name, "step": deal.step, "days": days(stood)}
        yield Alert(Rule.STEP_STALLED, params, (deal.key,), deal.id, subject=(deal.id, str(deal.step)))


def _owners(case: Case, ids: Iterable[str]) -> list[int]:
    """The positions of those who count, each once, in the order of the criteria."""
    position, counts = case.graph.contacts.position, case.who.counts
    found = [position[id_] for id_ in dict.fromkeys(ids) if id_ in position]
    return [contact for contact in found if counts[contact]]


def _more(number: int) -> tuple[Label, ...]:
    return (Label(f"{number} more", f"另有 {number} 项"),) if number > 0 else ()
