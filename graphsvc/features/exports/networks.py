"""A graph document as the network formats of other tools: GraphML, GEXF, Cytoscape and node-link JSON."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import orjson
from networkx.readwrite.gexf import GEXFWriter

from models.kinds import EDGE_SPECS

Network = nx.MultiDiGraph
_SPECS = {str(kind): spec for kind, spec in EDGE_SPECS.items()}
_ENDS = frozenset(["id", "source_id", "target_id"])
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def network_of(document: Mapping[str, Any], *, flat: bool = False) -> Network[str]:
    """A graph document as a network: nodes keyed "kind:id", edges keyed likewise, fields as attributes.

    Every node has a `label`. `flat` is for formats whose attributes are single values: lists and objects
    become JSON text, one type per attribute, and characters that XML cannot hold become U+FFFD.
    O(nodes + edges).
    """
    network: Network[str] = nx.MultiDiGraph()
    for node in document["nodes"]:
        key = f"{node['kind']}:{node['id']}"
        network.add_node(key, label=node.get("name", key), **_attributes(node))
    for edge in document["edges"]:
        spec = _SPECS[edge["kind"]]
        source = f"{edge.get('source_kind') or spec.source}:{edge['source_id']}"
        target = f"{edge.get('target_kind') or spec.target}:{edge['target_id']}"
        network.add_edge(source, target, key=f"{spec.kind}:{edge['id']}", **_attributes(edge))
    if flat:
        _flatten([data for _, data in network.nodes(data=True)])
        _flatten([data for _, _, data in network.edges(data=True)])
    return network


def graphml(document: Mapping[str, Any]) -> bytes:
    """A graph document as GraphML; edge ids are "kind:id"."""
    out = io.BytesIO()
    nx.write_graphml_xml(network_of(document, flat=True), out, named_key_ids=True)
    return out.getvalue()


def gexf(document: Mapping[str, Any]) -> bytes:
    """A graph document as GEXF 1.2; the same document gives the same bytes on any day."""
    network = network_of(document, flat=True)
    for _, _, key, data in network.edges(keys=True, data=True):
        data["id"] = key
    writer: Any = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(network)
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    writer.indent(writer.xml)
    return bytes(ElementTree.tostring(writer.xml, encoding="utf-8", xml_declaration=True))


def cytoscape(document: Mapping[str, Any]) -> bytes:
    """A graph document as the JSON that Cytoscape and cytoscape.js read."""
    network = network_of(document)
    for _, _, key, data in network.edges(keys=True, data=True):
        data["id"] = key
    return orjson.dumps(nx.cytoscape_data(network))


def node_link(document: Mapping[str, Any]) -> bytes:
    """A graph document as node-link JSON (networkx, d3)."""
    return orjson.dumps(nx.node_link_data(network_of(document), edges="edges"))


def _attributes(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in _ENDS}


def _flatten(rows: list[dict[str, Any]]) -> None:
    """Make every value single, and every attribute one of text, whole number, number or truth."""
    kinds: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            flat = orjson.dumps(value).decode() if isinstance(value, list | dict) else value
            row[name] = _NOT_IN_XML.sub("\ufffd", flat) if isinstance(flat, str) else flat
            kinds.setdefault(name, set()).add(type(row[name]))
    mixed = {name: float if found == {int, float} else str for name, found in kinds.items() if len(found) > 1}
    for row in rows:
        row.update({name: mixed[name](value) for name, value in row.items() if name in mixed})
