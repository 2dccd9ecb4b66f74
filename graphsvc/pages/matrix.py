"""The contact matrix: our people by theirs as a heat map, the shape of the ties, and whom to pair next."""

from __future__ import annotations

from collections.abc import Iterable

from graphsvc.features.coverage.schemas import CoverageQuery
from graphsvc.features.coverage.service import coverage
from graphsvc.pages.asking import Asked, Part, Shown
from models.enums import Rung
from models.findings.coverage import Coverage
from viz.sheets.matrices import by_best

FIRST_PEOPLE, MOST_OURS = 25, 12
TOP, STEP = 40, 44
"""Of the drawing of the shape: where its first rung lies, and how far apart rungs are."""


async def matrix(asked: Asked) -> Shown:
    """The contact matrix of the account or of a purchase. Raises NotFound, InvalidInput."""
    question = asked.question(CoverageQuery)
    found = await coverage(asked.store, asked.scope, asked.account_id, question, asked.rules)
    cells = {(tie.contact_id, tie.member_id): tie for tie in found.items}
    people = by_best(found, lambda tie: tie.contact_id)
    return Shown(
        (Part("coverage", found, question),),
        {
            "names": await asked.names(found, question),
            "cells": cells,
            "people": people[: asked.query.limit or FIRST_PEOPLE],
            "all_people": len(people),
            "ours": by_best(found, lambda tie: tie.member_id)[:MOST_OURS],
            "rungs": {(cell.ours, cell.theirs): cell for cell in found.rungs},
            "our_rungs": _rungs(cell.ours for cell in found.rungs),
            "their_rungs": _rungs(cell.theirs for cell in found.rungs),
            "ladder": _ladder(found),
        },
    )


def _ladder(found: Coverage) -> dict[Rung, int]:
    """How high each rung lies in the drawing of the shape, the highest first."""
    held = _rungs(rung for cell in found.rungs for rung in (cell.ours, cell.theirs))
    return {rung: TOP + STEP * number for number, rung in enumerate(held)}


def _rungs(found: Iterable[Rung]) -> list[Rung]:
    held = set(found)
    return [rung for rung in Rung if rung in held]
