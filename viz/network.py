"""pyvis as the builder of networks, and nothing else of it: bulk adding, options as a dict, no page.

pyvis checks every new node and edge against a list, which is quadratic, turns options into text and brings a
page that loads from other hosts. Here rows are appended as pyvis keeps them and options stay a dict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyvis.network import Network

Row = dict[str, Any]

__all__ = ["SafeNetwork"]


class SafeNetwork:
    """A directed `pyvis.network.Network` that is filled in bulk and never drawn by pyvis itself."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        from pyvis.network import Network  # brings IPython along: half a second that most runs never need

        self._network: Network = Network(directed=True)
        self._network.options = dict(options)

    @classmethod
    def of(cls, options: Mapping[str, Any], nodes: Iterable[Row], edges: Iterable[Row]) -> SafeNetwork:
        """A network filled at once. Raises ValueError as `add_nodes` and `add_edges` do."""
        network = cls(options)
        network.add_nodes(nodes)
        network.add_edges(edges)
        return network

    @property
    def pyvis(self) -> Network:
        """The network itself, for what pyvis or networkx can do with it."""
        return self._network

    @property
    def nodes(self) -> list[Row]:
        """The nodes in the order they were added."""
        return list(self._network.nodes)

    @property
    def edges(self) -> list[Row]:
        """The edges in the order they were added."""
        return list(self._network.edges)

    @property
    def options(self) -> Row:
        """The drawing options of vis-network."""
        return dict(self._network.options)

    def add_nodes(self, rows: Iterable[Row]) -> None:
        """Adds nodes; each row has an `id` (text) of its own and any fields. O(rows).

        Raises ValueError for an id that is no text or is taken.
        """
        known = self._network.node_map
        for row in rows:
            id_ = row["id"]
            if not isinstance(id_, str) or id_ in known:
                raise ValueError(f"a node needs an id of its own, not {id_!r}")
            known[id_] = row
            self._network.nodes.append(row)
            self._network.node_ids.append(id_)

    def add_edges(self, rows: Iterable[Row]) -> None:
        """Adds edges; each row has `from` and `to`, ids of nodes added before. Parallel edges stay. O(rows).

        Raises ValueError where an end is no node.
        """
        known = self._network.node_map
        for row in rows:
            if row["from"] not in known or row["to"] not in known:
                raise ValueError(f"an edge from {row['from']!r} to {row['to']!r} has an end that is no node")
            self._network.edges.append(row)
