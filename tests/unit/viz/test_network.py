"""The wrapper of pyvis: bulk adding, options untouched, ends checked."""

from __future__ import annotations

import subprocess
import sys

import pytest

from viz.network import SafeNetwork


def test_rows_are_kept_as_given_in_order() -> None:
    network = SafeNetwork({"physics": {"enabled": False}})
    network.add_nodes([{"id": "b", "name": "B"}, {"id": "a", "job": "title with href"}])
    network.add_edges([{"from": "b", "to": "a", "id": "1"}, {"from": "b", "to": "a", "id": "2"}])
    assert network.nodes == [{"id": "b", "name": "B"}, {"id": "a", "job": "title with href"}]
    assert [edge["id"] for edge in network.edges] == ["1", "2"]


def test_options_keep_their_spaces() -> None:
    options = {"nodes": {"font": {"face": "Noto Sans CJK SC"}}}
    assert SafeNetwork(options).options == options


def test_it_is_a_network_of_pyvis() -> None:
    network = SafeNetwork({})
    network.add_nodes([{"id": "a"}, {"id": "b"}])
    network.add_edges([{"from": "a", "to": "b"}])
    assert network.pyvis.num_nodes() == 2
    assert network.pyvis.get_adj_list() == {"a": {"b"}, "b": set()}
    assert network.pyvis.directed


@pytest.mark.parametrize("taken", ["a", 7, None])
def test_an_id_that_is_taken_or_no_text_is_refused(taken: object) -> None:
    network = SafeNetwork({})
    network.add_nodes([{"id": "a"}])
    with pytest.raises(ValueError, match="needs an id of its own"):
        network.add_nodes([{"id": taken}])


def test_an_edge_to_nobody_is_refused() -> None:
    network = SafeNetwork({})
    network.add_nodes([{"id": "a"}])
    with pytest.raises(ValueError, match="no node"):
        network.add_edges([{"from": "a", "to": "ghost"}])


def test_membership_is_looked_up_not_searched() -> None:
    """20,000 people and 60,000 ties; with pyvis' own methods this takes half a minute."""
    network = SafeNetwork({})
    network.add_nodes({"id": f"p{place}"} for place in range(20_000))
    ends = ((f"p{place % 20_000}", f"p{(place * 7 + 1) % 20_000}") for place in range(60_000))
    network.add_edges({"from": source, "to": target} for source, target in ends)
    assert (len(network.nodes), len(network.edges)) == (20_000, 60_000)


def test_pyvis_is_not_imported_with_the_views() -> None:
    code = "import sys, viz.views.org_chart, viz.views.influence_map, viz.svg; print('pyvis' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
