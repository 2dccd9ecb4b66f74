"""Our people and the competitors' on the influence map, and how large the labels of all its marks are."""

from __future__ import annotations

from models.enums import NodeKind
from models.graph import AccountGraph, NodeTable
from viz.labels import in_language, names
from viz.layout.widths import text_width
from viz.theme import JOB_SIZE, NAME_SIZE, ROLE_SIZE
from viz.views.people import Fields

NAME_ROOM, JOB_ROOM, JOB_ROOM_OF_MANY, MANY = 176.0, 190.0, 150.0, 36
"""Names and jobs are cut to these widths; jobs to a smaller one above so many people."""
NAME_LINE, JOB_LINE, ROLE_LINE = 27.5, 22.5, 28.0

_EMPTY = (
    "department", "department_name", "level", "level_label", "category", "category_label", "attitude",
    "attitude_label", "voice", "voice_label", "role_label", "strength", "owner", "owner_id", "owner_name",
    "rank", "score", "share",
)  # fmt: skip
_UNMARKED = ("key_player", "badge", "hidden", "stale", "placeholder", "left", "restricted")


def without_fields() -> Fields:
    """The fields of a person for what is none: empty, unmarked, without roles."""
    empty: Fields = {**dict.fromkeys(_EMPTY), **dict.fromkeys(_UNMARKED, False)}
    return empty | {"other_name": None, "job": None, "roles": [], "met": True}


def side(graph: AccountGraph, node_kind: NodeKind, id_: str, kind: str, lang: str) -> Fields:
    """The fields of one of ours or theirs, the same as a contact's; a competitor's job names the firm."""
    table = graph.nodes[node_kind]
    place = table.position[id_]
    name, other = name_of(table, id_, lang)
    title = table.texts("title")[place]
    job = in_language(title, lang) if title else None
    row = without_fields() | {
        "id": id_,
        "kind": kind,
        "name": name,
        "other_name": other,
        "job": job,
        "roles": [],
        "met": True,
    }
    row["keys"] = [f"kind:{kind}"]
    if node_kind is NodeKind.RIVAL:
        firms = graph.nodes[NodeKind.COMPETITOR]
        firm = firms.position.get(table.texts("competitor_id")[place])
        if firm is not None:
            row["department_name"] = in_language(firms.texts("name")[firm], lang)
            row["job"] = " · ".join(part for part in (row["department_name"], job) if part)
    return row


def name_of(table: NodeTable, id_: str, lang: str) -> tuple[str, str | None]:
    """The name of a member or rival in the language asked for, and in the other script."""
    place = table.position[id_]
    return names(table.texts("name")[place], table.texts("latin_name")[place], lang)


def label_size(fields: Fields, job_room: float = JOB_ROOM, grown: float = 1.0) -> tuple[float, float]:
    """Width and height of a label, its letters `grown` times as large: name, job, role, each on its line."""
    widths = [min(text_width(fields["name"], NAME_SIZE, bold=True), NAME_ROOM)]
    height = NAME_LINE
    if fields["job"]:
        widths.append(min(text_width(fields["job"], JOB_SIZE), job_room))
        height += JOB_LINE
    if fields["role_label"]:
        widths.append(text_width(fields["role_label"], ROLE_SIZE, bold=True) + 19)
        height += ROLE_LINE
    return max(widths) * grown, height * grown
