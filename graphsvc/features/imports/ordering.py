"""The order in which records can be written one batch after the other: what is referred to comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphsvc.stores.facts import Key


def in_parts(keys: Sequence[Key], references: Iterable[tuple[int, Key]]) -> list[list[int]]:
    """Places of nodes in parts, each after the parts it refers to; a part is one node, or a circle of nodes.

    `references`: the place of a node and a key it refers to; keys that are not among `keys` do not matter.
    Without references the order stays. O(nodes + references).
    """
    place = {key: number for number, key in enumerate(keys)}
    pairs = [(holder, place[key]) for holder, key in references if key in place]
    if not pairs:
        return [[number] for number in range(len(keys))]
    import networkx as nx  # a reader's process starts sooner without it, and most tables need no order

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(keys)))
    graph.add_edges_from(pairs)
    return [sorted(part) for part in nx.strongly_connected_components(graph)]
