"""Decision chains: the best ways to who decides, their weakest links, and who stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphsvc.features.chains.schemas import ChainsQuery
from graphsvc.features.chains.service import chains as chains_in
from graphsvc.pages.asking import Asked, Part, Shown
from models.enums import ChainSource, EdgeKind
from models.findings.chains import Chain, Chains
from viz.naming import Names
from viz.sheets.ways import START, by_target

_KINDS: Mapping[str, EdgeKind] = {str(kind): kind for kind in EdgeKind}


async def chains(asked: Asked) -> Shown:
    """The chains of the address' source to its target, or to who decides. Raises NotFound, InvalidInput."""
    target = asked.query.target_id
    more = {"source": asked.query.source, "target_id": [target] if target else []}
    question = asked.question(ChainsQuery, **more)
    found = await chains_in(asked.store, asked.scope, asked.account_id, question, asked.rules, asked.workers)
    names = await asked.names(found, question)
    context = {
        "names": names,
        "targets": by_target(found),
        "walk": lambda chain: _walk(chain, names, question.source),
        "start": lambda id_: names.of(START[question.source], id_),
        "source": question.source,
        "starts": tuple(ChainSource),
        "target_id": target,
        "choices": _choices(found, names, target),
    }
    return Shown((Part("chains", found, question),), context)


def _walk(chain: Chain, names: Names, source: ChainSource) -> list[dict[str, Any]]:
    """The people of a chain in order, each with the step that leads to him."""
    before = names.of(START[source], chain.source_id)
    walked: list[dict[str, Any]] = [{"name": before, "step": None}]
    for step in chain.steps:
        name = names.contact(step.target_id)
        walked.append(
            {
                "name": name,
                "before": before,
                "seat": names.person(step.target_id)["job"],
                "step": step,
                "kind": _KINDS[step.kind],
                "weak": step.edge_id in chain.weakest,
                "blocks": step.target_id in chain.blockers,
            }
        )
        before = name
    return walked


def _choices(found: Chains, names: Names, target: str | None) -> list[tuple[str, str]]:
    """Whom the form offers to reach: (id, name) of people in a purchase or at the decision level."""
    targets = {chain.target_id for chain in found.items} | ({target} if target else set())
    held = [
        row["id"]
        for row in names.people.fields
        if (row["roles"] or row["level"] == "decision" or row["id"] in targets)
        and not (row["restricted"] or row["left"])
    ]
    return sorted(((id_, names.contact(id_)) for id_ in held), key=lambda choice: (choice[1], choice[0]))
