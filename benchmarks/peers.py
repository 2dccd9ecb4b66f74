"""The same graphs in networkx, rustworkx, igraph and networkit (extra `bench`; never shipped)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import igraph
import networkit
import networkx
import numpy as np
import rustworkx

Column = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """A weighted digraph as columns: what every library is given to build its graph from."""

    size: int
    source: Column
    target: Column
    weight: Column


def of_networkx(given: Columns) -> Any:
    """A networkx DiGraph, `weight` on its edges."""
    g: Any = networkx.DiGraph()
    g.add_nodes_from(range(given.size))
    g.add_weighted_edges_from(
        zip(given.source.tolist(), given.target.tolist(), given.weight.tolist(), strict=True)
    )
    return g


def of_rustworkx(given: Columns) -> Any:
    """A rustworkx PyDiGraph whose payloads are weights."""
    g = rustworkx.PyDiGraph()
    g.add_nodes_from(range(given.size))
    g.add_edges_from(
        list(zip(given.source.tolist(), given.target.tolist(), given.weight.tolist(), strict=True))
    )
    return g


def of_igraph(given: Columns) -> Any:
    """An igraph Graph, `weight` on its edges."""
    ends = np.column_stack((given.source, given.target))
    return igraph.Graph(n=given.size, edges=ends, directed=True, edge_attrs={"weight": given.weight})


def of_networkit(given: Columns) -> Any:
    """A weighted, directed networkit Graph."""
    ends = (given.source.astype(np.uint64), given.target.astype(np.uint64))
    return networkit.GraphFromCoo((given.weight, ends), n=given.size, weighted=True, directed=True)
