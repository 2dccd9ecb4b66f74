"""The formats an account leaves in, and what writes each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from graphsvc.features.exports.networks import cytoscape, gexf, graphml, node_link
from graphsvc.features.exports.tables import csv_pair
from graphsvc.features.imports.documents import lines_of
from models.enums import Term

Document = Mapping[str, Any]
_CHUNK = 64 * 1024


class ExportFormat(Term):
    """The formats of an export; the first two and `csv` can be imported again."""

    JSON = "json", "Graph document", "图文档"
    NDJSON = "ndjson", "Graph document, one record a line", "逐行图文档"
    CSV = "csv", "Tables of people and ties, zipped", "人员表与关系表（zip）"
    GRAPHML = "graphml", "GraphML", "GraphML"
    GEXF = "gexf", "GEXF", "GEXF"
    CYTOSCAPE = "cytoscape", "Cytoscape JSON", "Cytoscape JSON"
    NODE_LINK = "node-link", "Node-link JSON", "Node-link JSON"


@dataclass(frozen=True, slots=True)
class Writer:
    """How a format is written: `chunks` gives the bytes of a graph document, the same each time."""

    media_type: str
    ending: str
    chunks: Callable[[Document], Iterator[bytes]]


def _whole(write: Callable[[Document], bytes]) -> Callable[[Document], Iterator[bytes]]:
    def chunks(document: Document) -> Iterator[bytes]:
        yield write(document)

    return chunks


def _json(document: Document) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _lines(document: Document) -> Iterator[bytes]:
    """The lines of NDJSON, some at a time."""
    chunk = bytearray()
    for line in lines_of(document):
        chunk += line
        if len(chunk) >= _CHUNK:
            yield bytes(chunk)
            chunk.clear()
    yield bytes(chunk)


WRITERS: Mapping[ExportFormat, Writer] = {
    ExportFormat.JSON: Writer("application/json", "json", _whole(_json)),
    ExportFormat.NDJSON: Writer("application/x-ndjson", "ndjson", _lines),
    ExportFormat.CSV: Writer("application/zip", "zip", _whole(csv_pair)),
    ExportFormat.GRAPHML: Writer("application/graphml+xml", "graphml", _whole(graphml)),
    ExportFormat.GEXF: Writer("application/gexf+xml", "gexf", _whole(gexf)),
    ExportFormat.CYTOSCAPE: Writer("application/json", "cyjs", _whole(cytoscape)),
    ExportFormat.NODE_LINK: Writer("application/json", "json", _whole(node_link)),
}
