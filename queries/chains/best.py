"""Decision chains: the ways from somebody to those who decide, how likely each is, and what may stop it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import pairwise

import numpy as np

from models.enums import BuyingRole, ChainSource, NodeKind, Step, Window
from models.faults import Code, Fault, InvalidInput
from models.findings.chains import Chain, Chains, ChainStep
from models.graph import AccountGraph
from queries.chains.paths import Path, Tree, best_avoiding, best_paths, best_to
from queries.chains.reach import Reach, reach_to_each
from queries.chains.step_graph import StepGraph
from queries.chains.steps import steps_of
from queries.chains.windows import step_of, window_of
from queries.influence.case import Asked
from queries.influence.ranking import influence_scores
from queries.influence.standing import best_first
from queries.naming import known_contact, unknown
from queries.numbers import significant
from queries.people import Bools, People, people
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.chains import ChainRules

__all__ = ["decision_chains", "leading"]

VERSION = "1"


@dataclass(frozen=True, slots=True)
class _Start:
    """Who starts: one person of `kind` at his position; without one everybody of the kind, contacts each
    by himself, a seller's people together."""

    seller: NodeKind
    kind: NodeKind
    position: int | None = None

    @property
    def inside(self) -> bool:
        """Whether contacts start, and not people who sell to them."""
        return self.kind is NodeKind.CONTACT


@dataclass(frozen=True, slots=True)
class _Case:
    """What the chains of one answer have in common; `against` are the contacts who are against the seller."""

    steps: StepGraph
    start: _Start
    against: Bools
    window: Window | None
    window_since: date | None
    k: int
    rules: ChainRules


def decision_chains(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    target_ids: Sequence[str] | None = None,
    among: Collection[str] | None = None,
    source: ChainSource | str = ChainSource.OURS,
    opportunity_id: str | None = None,
    step: Step | None = None,
    k: int = 3,
    most: int | None = None,
) -> Chains:
    """The k best chains to each target: how a purchase can be carried to those who decide, and by whom.

    `source` is OURS (all our people as one), COMPETITOR (all their reps as one, with everybody's attitude
    to us turned round), ALL (every contact by himself) or the id of one contact, member or rival.
    Targets default to who plays decision maker in the opportunity, else to the decision level; of more than
    `most_targets` of them to those who lead the ranking by influence, and the others are counted in
    `targets_left_out`. Of an account so large that its steps times the targets are more than `most_steps`,
    the answer is `truncated`: it leads to so many fewer targets, one at least, and counts the others too;
    of named ones the first are kept. `among` are the contacts who were chosen of so many already, for who
    compares two accounts: of the default targets these are kept, and no others.
    Nobody who left is a target, starts with ALL or passes anything on, unless named here; nobody who is
    restricted is or does, and he cannot be named (`queries.naming`).
    The step is the one given, else the opportunity's; without any, `window` is None.

    Items come by target, source and rank. A chain is a sequence of people, each pair joined by its most
    probable step; the source contact passes on like any other, with his attitude and voice. `probability`
    is the product of its steps, `reach` that of any path from the source asked for (all of ours at once
    for OURS) to the target, ± `reach_error`. `blockers` are people between the ends who are against the
    seller; if each of the k best has one, the best chain without any is added behind them. `disjoint`
    says that nobody but the ends asked for is on a better chain listed. `entry_point` is the contact
    whom a first step reaches best in view of his own reach and who is not against the seller (None for
    chains from a contact). Pairs that no path joins are in `unreachable`. With `most`, only about as many
    items are made, the first ones: at least so many if there are.

    Raises InvalidInput for ids that cannot be named and k outside 1–20.
    O(steps · log people) for the best chains to a target, the reach as `reach_to_each`.
    Formulas: docs/rules.md §3; Yen 1971 and Lawler 1972 for the k best.
    """
    _check(graph, target_ids, opportunity_id, k, rules.chains)
    start = _start(graph, source)
    folk = people(graph.on(on), opportunity_id, rules.influence.finance_share_of_clerks)
    everybody = _targets(graph, folk, target_ids, opportunity_id)
    asked_of = Asked(opportunity_id=opportunity_id, step=step)
    ranked = cache(partial(_by_influence, graph, everybody, on, rules, asked_of))
    if among is not None:
        targets = [place for place in everybody if graph.contacts.ids[place] in among]
    else:
        many = target_ids is None and len(everybody) > rules.chains.most_targets
        targets = sorted(ranked()[: rules.chains.most_targets]) if many else everybody
    window, since = window_of(graph, opportunity_id, step_of(graph, opportunity_id, step), on)
    steps = steps_of(
        graph,
        on=on,
        rules=rules,
        opportunity_id=opportunity_id,
        window=window,
        seller=start.seller,
        from_also=[start.position] if start.inside and start.position is not None else (),
        to_also=targets,
    )
    room = max(1, rules.chains.most_steps // max(1, len(steps.source)))
    truncated = among is None and len(targets) > room
    targets = targets[:room] if target_ids or not truncated else sorted(ranked()[:room])
    case = _Case(steps, start, _against(folk, start), window, since, k, rules.chains)
    items, unreachable = _answers(case, _sources(case, folk), targets, most)
    asked = _parameters(target_ids, source, opportunity_id, step, k)
    return Chains(
        items=items,
        unreachable=unreachable,
        targets_left_out=len(everybody) - len(targets),
        truncated=truncated,
        provenance=provenance_of(graph, on, rules, "chains", VERSION, **asked),
    )


def _parameters(
    target_ids: Sequence[str] | None, source: str, opportunity_id: str | None, step: Step | None, k: int
) -> dict[str, object]:
    """The question as its provenance tells it."""
    return {
        "target_ids": None if target_ids is None else list(target_ids),
        "source": str(source),
        "opportunity_id": opportunity_id,
        "step": step,
        "k": k,
    }


def _against(folk: People, start: _Start) -> Bools:
    """Who is against the seller."""
    return np.asarray((folk.attitude if start.seller is NodeKind.MEMBER else -folk.attitude) < 0)


def _check(
    graph: AccountGraph,
    target_ids: Sequence[str] | None,
    opportunity_id: str | None,
    k: int,
    rules: ChainRules,
) -> None:
    faults = [
        fault for id_ in target_ids or () for fault in unknown(graph, NodeKind.CONTACT, id_, "/target_id")
    ]
    faults += unknown(graph, NodeKind.OPPORTUNITY, opportunity_id, "/opportunity_id")
    if not 1 <= k <= rules.most_alternatives:
        limits = {"name": "k", "low": 1, "high": rules.most_alternatives}
        faults.append(Fault(Code.OUT_OF_RANGE, limits, pointer="/k"))
    if faults:
        raise InvalidInput(*faults)


def _start(graph: AccountGraph, source: ChainSource | str) -> _Start:
    """Who is meant by `source`; an id is looked for among contacts, then our people, then reps."""
    match source:
        case ChainSource.OURS:
            return _Start(NodeKind.MEMBER, NodeKind.MEMBER)
        case ChainSource.COMPETITOR:
            return _Start(NodeKind.RIVAL, NodeKind.RIVAL)
        case ChainSource.ALL:
            return _Start(NodeKind.MEMBER, NodeKind.CONTACT)
    for kind in (NodeKind.MEMBER, NodeKind.RIVAL):
        position = graph.nodes[kind].position.get(source)
        if position is not None and source not in graph.contacts.position:
            return _Start(kind, kind, position)
    return _Start(NodeKind.MEMBER, NodeKind.CONTACT, known_contact(graph, source, "/source_id"))


def _targets(
    graph: AccountGraph, folk: People, target_ids: Sequence[str] | None, opportunity_id: str | None
) -> list[int]:
    """Positions of the contacts asked for, in that order, else of the decision makers."""
    if target_ids is not None:
        return [graph.contacts.position[id_] for id_ in dict.fromkeys(target_ids)]
    deciders = (
        np.array([BuyingRole.DECISION_MAKER in roles for roles in folk.roles], dtype=bool) & folk.counts
    )
    if opportunity_id is None or not deciders.any():
        deciders = folk.decision() & folk.counts
    places: list[int] = np.flatnonzero(deciders).tolist()
    return places


def leading(graph: AccountGraph, targets: list[int], on: date, rules: Rules, asked: Asked) -> list[int]:
    """The most influential of many targets (positions), `most_targets` at most, in the order of positions."""
    return sorted(_by_influence(graph, targets, on, rules, asked)[: rules.chains.most_targets])


def _by_influence(graph: AccountGraph, targets: list[int], on: date, rules: Rules, asked: Asked) -> list[int]:
    share = influence_scores(graph, on=on, rules=rules, asked=asked).share
    return [targets[place] for place in best_first(share[targets]).tolist()]


def _sources(case: _Case, folk: People) -> list[int]:
    """The nodes of the step graph that chains start from."""
    start, steps = case.start, case.steps
    if start.position is not None:
        return [start.position + (0 if start.inside else steps.contacts)]
    if not start.inside:
        return [steps.team]
    everybody: list[int] = np.flatnonzero(folk.counts).tolist()
    return everybody


def _answers(
    case: _Case, sources: list[int], targets: list[int], most: int | None
) -> tuple[list[Chain], list[tuple[str, str]]]:
    """Chains by target, source and rank, the first `most` or more, and the pairs that no path joins."""
    items: list[Chain] = []
    trees = [best_to(case.steps, target) for target in targets]
    pairs, wanted = list[tuple[Tree, int, list[Path]]](), math.inf if most is None else most
    for tree, source in ((tree, source) for tree in trees for source in sources):
        if wanted <= 0:
            break
        paths = _paths(case, tree, source)
        pairs.append((tree, source, paths))
        wanted -= len(paths)
    asked = list(dict.fromkeys(tree for tree, _, _ in pairs))
    inside = case.start.inside
    reaches = reach_to_each(asked, start=None if inside else sources[0], rules=case.rules)
    reach_of = dict(zip(asked, reaches, strict=True))
    for tree, source, paths in pairs:
        reach = reach_of[tree]
        entry = None if inside else _entry_point(case, reach, source)
        items += _chains(case, paths, reach, source, entry)
    return items, [pair for tree in trees for pair in _apart(case, tree, sources)]


def _apart(case: _Case, tree: Tree, sources: list[int]) -> Iterator[tuple[str, str]]:
    """The sources that no path joins to the target of a tree."""
    steps = case.steps
    for source in sources:
        if source != tree.target and not np.isfinite(tree.cost[source]):
            yield steps.ids[source] or str(_everybody(case.start)), steps.ids[tree.target]


def _everybody(start: _Start) -> ChainSource:
    return ChainSource.OURS if start.seller is NodeKind.MEMBER else ChainSource.COMPETITOR


def _paths(case: _Case, tree: Tree, source: int) -> list[Path]:
    """The k best paths, and behind them the best one without blockers if they all have some."""
    paths = best_paths(tree, source, case.k, case.rules.extra_hops)
    if paths and all(_blockers(case, path) for path in paths):
        clean = best_avoiding(tree, source, np.flatnonzero(case.against).tolist())
        paths += [clean] if clean else []
    return paths


def _blockers(case: _Case, path: Path) -> list[str]:
    """Who on the way, ends apart, is against the seller."""
    steps = case.steps
    between = [node for node in path.nodes[1:-1] if node < steps.contacts]
    return [steps.ids[node] for node in between if case.against[node]]


def _entry_point(case: _Case, reach: Reach, source: int) -> str | None:
    """The contact with the largest first step · reach among those known and not against; of equals by id."""
    steps = case.steps
    first = (steps.source >= steps.contacts) & (steps.target < steps.contacts)
    if source != steps.team:
        first &= steps.source == source
    rows = np.flatnonzero(first)
    rows = rows[~case.against[steps.target[rows]]]
    worth = steps.probability[rows] * reach.probability[steps.target[rows]]
    if not len(rows) or worth.max() <= 0:
        return None
    return steps.ids[int(steps.target[rows[worth == worth.max()]].min())]


def _chains(
    case: _Case, paths: list[Path], reach: Reach, source: int, entry_point: str | None
) -> Iterator[Chain]:
    steps, seen = case.steps, set[int]()
    probability, error = float(reach.probability[source]), float(reach.error[source])
    for rank, path in enumerate(paths, start=1):
        # The step from all of ours to one of them is no step of the chain.
        skipped = 1 if source == steps.team else 0
        nodes = [steps.ids[node] for node in path.nodes[skipped:]]
        links = [
            ChainStep(
                edge_id=steps.edge_ids[step],
                kind=str(steps.edge_kind(step)),
                source_id=from_,
                target_id=to,
                probability=significant(float(steps.probability[step])),
            )
            for step, (from_, to) in zip(path.steps[skipped:], pairwise(nodes), strict=True)
        ]
        least = min(link.probability for link in links)
        between = set(path.nodes[1:-1])
        yield Chain(
            source_id=nodes[0],
            target_id=nodes[-1],
            rank=rank,
            probability=significant(path.probability(steps)),
            reach=significant(probability),
            reach_error=significant(error),
            path=nodes,
            steps=links,
            weakest=[link.edge_id for link in links if link.probability == least],
            blockers=_blockers(case, path),
            entry_point=entry_point,
            window=case.window,
            window_since=case.window_since,
            disjoint=not between & seen,
        )
        seen |= between
