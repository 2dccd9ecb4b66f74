"""The formats of other tools: read back by their own readers, with Chinese, types and every tie."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from graphsvc.features.exports.networks import cytoscape, gexf, graphml, node_link

DOCUMENT: dict[str, Any] = {
    "format": "graphsvc/1",
    "nodes": [
        {"kind": "account", "id": "a", "name": "霁川 & <集团>", "employees": 12, "annual_volume": 2.5},
        {"kind": "account", "id": "b", "name": "B", "annual_volume": 3},
        {"kind": "contact", "id": "a", "name": "张伟", "wants": {"status": 3}, "placeholder": False},
        {"kind": "contact", "id": "c", "name": "bell \u0007"},
    ],
    "edges": [
        {"kind": "influences", "id": "1", "source_id": "a", "target_id": "c", "weight": 0.5, "note": "他们"},
        {"kind": "influences", "id": "2", "source_id": "a", "target_id": "c", "stated": True},
        {"kind": "bond", "id": "1", "source_id": "a", "target_id": "c"},
    ],
}
TIES = {"influences:1", "influences:2", "bond:1"}


def test_graphml_is_read_back_with_types() -> None:
    network: Any = nx.read_graphml(io.BytesIO(graphml(DOCUMENT)))
    assert set(network) == {"account:a", "account:b", "contact:a", "contact:c"}
    assert {key for _, _, key in network.edges(keys=True)} == TIES
    account = network.nodes["account:a"]
    assert (account["label"], account["employees"], account["annual_volume"]) == ("霁川 & <集团>", 12, 2.5)
    assert network.nodes["account:b"]["annual_volume"] == 3.0
    assert network.nodes["contact:a"]["placeholder"] is False
    assert json.loads(network.nodes["contact:a"]["wants"]) == {"status": 3}
    assert network.nodes["contact:c"]["name"] == "bell \ufffd"
    assert network["contact:a"]["contact:c"]["influences:1"]["note"] == "他们"


def test_each_attribute_has_one_type() -> None:
    names = [
        (key.get("attr.name"), key.get("for"))
        for key in ElementTree.fromstring(graphml(DOCUMENT)).iter(
            "{http://graphml.graphdrawing.org/xmlns}key"
        )
    ]
    assert len(names) == len(set(names)) > 5


def test_gexf_is_read_back_and_does_not_change_with_the_day() -> None:
    data = gexf(DOCUMENT)
    network: Any = nx.read_gexf(io.BytesIO(data))
    assert network.nodes["account:a"]["label"] == "霁川 & <集团>"
    assert {edge["id"] for _, _, edge in network.edges(data=True)} == TIES
    assert b"lastmodifieddate" not in data
    assert gexf(DOCUMENT) == data


def test_cytoscape_joins_nodes_by_their_ids() -> None:
    elements = json.loads(cytoscape(DOCUMENT))["elements"]
    nodes = {node["data"]["id"]: node["data"] for node in elements["nodes"]}
    assert nodes["contact:a"]["wants"] == {"status": 3}
    assert {edge["data"]["id"] for edge in elements["edges"]} == TIES
    ends = {edge["data"][end] for edge in elements["edges"] for end in ("source", "target")}
    assert ends <= set(nodes)


def test_node_link_is_what_networkx_reads() -> None:
    network: Any = nx.node_link_graph(json.loads(node_link(DOCUMENT)), edges="edges")
    assert network.is_multigraph()
    assert network.is_directed()
    assert network.number_of_edges() == 3


@pytest.mark.parametrize("write", [graphml, gexf, cytoscape, node_link])
def test_the_demo_keeps_every_record(write: Any) -> None:
    document = json.loads((Path(__file__).parents[3] / "examples" / "demo.json").read_text("utf-8"))
    for number, record in enumerate(document["nodes"] + document["edges"]):
        record.setdefault("id", f"n{number}")
    data = write(document)
    tags = {"graphml": (b"<node ", b"<edge "), "gexf": (b"<node ", b"<edge ")}.get(write.__name__)
    if tags:
        counts = [data.count(tag) for tag in tags]
    else:
        read = json.loads(data)
        read = read.get("elements", read)
        counts = [len(read["nodes"]), len(read["edges"])]
    assert counts == [len(document["nodes"]), len(document["edges"])]
