"""Write examples/demo.json, the account that `graphsvc demo` shows: `python -m examples.make_demo`.

The story lies in the tables of examples/story; everybody and every firm in it is invented.
Dates are relative to the day of loading, so the demo never ages.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from .story import belongings, customers, deals, dossiers, firm, history, people, ties
from .story.document import Document

FILE = Path(__file__).parent / "demo.json"


def demo() -> bytes:
    """The file's content: one record a line, sorted by kind and id."""
    story = Document()
    for part in (firm, people, deals, ties, history, customers, belongings, dossiers):
        part.tell(story)
    document = story.as_document()
    rows = {part: b",\n".join(orjson.dumps(row) for row in document[part]) for part in ("nodes", "edges")}
    head = orjson.dumps(document["format"])
    return b'{"format":%b,\n"nodes":[\n%b\n],\n"edges":[\n%b\n]}\n' % (head, rows["nodes"], rows["edges"])


if __name__ == "__main__":
    FILE.write_bytes(demo())
