"""My week: what one of ours should do, over all accounts they serve."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from graphsvc.features.week.schemas import WeekQuery
from graphsvc.features.week.service import week_of_member
from graphsvc.pages.asking import Asked, Part, Shown
from graphsvc.pages.portfolio import members_of

FIRST = 40


async def week(asked: Asked) -> Shown:
    """The week of the member of the address; without one, the choice of who asks. Raises InvalidInput."""
    members, member = await members_of(asked), asked.query.member
    told = {"members": members, "member": member}
    if member is None:
        return Shown((), told)
    question = asked.question(WeekQuery, member=member)
    found = await week_of_member(
        asked.store, asked.scope, question, asked.rules, asked.lang, asked.request_id
    )
    names_of = {
        line.account_id: await replace(asked, account_id=line.account_id).names(found, question)
        for line in found.accounts
    }
    shown = found.items[: asked.query.limit or FIRST]
    by_urgency = [(urgency, list(items)) for urgency, items in groupby(shown, key=lambda item: item.urgency)]
    return Shown(
        (Part("week", found, question, api="me/week"),),
        {**told, "shown": len(shown), "by_urgency": by_urgency, "names_of": names_of},
    )
