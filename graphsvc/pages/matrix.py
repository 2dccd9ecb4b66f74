"""The contact matrix: our people by theirs as a heat map, the shape of the ties, and whom to pair next."""

from __future__ import annotations

from collections.abc import Mapping

from graphsvc.features.coverage.schemas import CoverageQuery
from graphsvc.features.coverage.service import coverage
from graphsvc.pages.asking import Asked, Part, Shown
from graphsvc.pages.naming import Names
from models.enums import Rung
from models.fields import Label
from models.findings.coverage import ContactTie, Coverage, RungCell

FIRST_PEOPLE, MOST_OURS = 25, 12


async def matrix(asked: Asked) -> Shown:
    """The contact matrix of the account or of a purchase. Raises NotFound, InvalidInput."""
    question = asked.question(CoverageQuery)
    found = await coverage(asked.store, asked.scope, asked.account_id, question, asked.rules)
    names = Names(await asked.graph(), found.provenance.on, asked.lang, asked.rules, question.opportunity_id)
    cells = {(tie.contact_id, tie.member_id): tie for tie in found.items}
    people = _ordered(found, "contact_id")
    api = f"accounts/{asked.account_id}/coverage"
    return Shown(
        (Part("coverage", Label("Contact matrix", "接触矩阵"), found, api, question),),
        {
            "names": names,
            "cells": cells,
            "people": people[: asked.query.limit or FIRST_PEOPLE],
            "all_people": len(people),
            "ours": _ordered(found, "member_id")[:MOST_OURS],
            "rungs": {(cell.ours, cell.theirs): cell for cell in found.rungs},
            "our_rungs": _rungs(found.rungs, "ours"),
            "their_rungs": _rungs(found.rungs, "theirs"),
        },
    )


def _ordered(found: Coverage, end: str) -> list[str]:
    """Those at one end of the ties, by the best of them that counts, then by all of them."""
    best: dict[str, tuple[float, float]] = {}
    for tie in found.items:
        id_ = _end(tie)[end]
        most, total = best.get(id_, (0.0, 0.0))
        best[id_] = max(most, tie.counted), total + tie.strength
    return sorted(best, key=lambda id_: (-best[id_][0], -best[id_][1], id_))


def _end(tie: ContactTie) -> Mapping[str, str]:
    return {"contact_id": tie.contact_id, "member_id": tie.member_id}


def _rungs(cells: list[RungCell], side: str) -> list[Rung]:
    found = {cell.ours if side == "ours" else cell.theirs for cell in cells}
    return [rung for rung in Rung if rung in found]
