"""What an erasure comes to in the plain store: every line of every log looked at, every record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from graphsvc.stores.identifiers import identifiers
from models.anonymous import erased, is_about
from models.enums import EdgeKind, NodeKind
from models.kinds import FIRM
from models.records import Body
from tests.machine.plain import Line, No, Plain
from tests.machine.rules import Key, Row

MERGE = re.compile(r"merge (\S+) into (\S+)")
Erased = tuple[int, int, int, tuple[str, ...]]
"""Records that lost words, dossiers that went, lines of logs that lost words, who went with him."""


def erase(plain: Plain, contact: str, id_: str, actor: str, at: datetime) -> Erased:
    """Erase a contact at a time, or raise No."""
    key: Key = (NodeKind.CONTACT, contact)
    if key in plain.rows:
        log, revision = plain.rows[key].account or FIRM, plain.rows[key].revision
    elif key in plain.gone:
        revision, log = plain.gone[key]
    else:
        raise No("NotFound", key)
    people = _people(plain, log, contact)
    for line in plain.logs[log]:
        for body in (line.before, line.after):
            if line.key[0] is NodeKind.CONTACT and line.key[1] in people and body:
                plain.erased.update(it for _, it in identifiers(body))
    struck, reached = _strike(plain, log, people)
    lines, records, dossiers = _records(plain, people, id_, actor, at)
    reached |= {name for name, line in lines if line.erased}
    revision = plain.rows[key].revision if key in plain.rows else revision
    notice = Line(at, actor, id_, key, None, None, revision, None)
    for name, line in [*lines, *((name, notice) for name in sorted({log, *reached}))]:
        plain.logs.setdefault(name, []).append(line)
    return records, dossiers, struck, tuple(sorted(people))


def _people(plain: Plain, log: str, contact: str) -> set[str]:
    """He, and whoever was merged into him, or into one of them, and is no more."""
    people, grown = {contact}, True
    into = {
        found[1]: found[2]  # of several merges of one the last
        for line in plain.logs[log]
        if line.key[0] is NodeKind.CONTACT and line.before and not line.after
        if (found := MERGE.match(line.reason or "")) and found[1] == line.key[1]
    }
    while grown:
        more = {gone for gone, kept in into.items() if kept in people}
        grown = not more <= people
        people |= more
    return {id_ for id_ in people if id_ == contact or (NodeKind.CONTACT, id_) not in plain.rows}


def _strike(plain: Plain, log: str, people: set[str]) -> tuple[int, set[str]]:
    """Take the words out of lines; how many lost some, and in which logs."""
    silent = {
        line.key
        for line in plain.logs[log]
        if line.before is None and line.after is None and isinstance(line.key[0], EdgeKind)
    }
    struck, reached = 0, set()
    for name, lines in plain.logs.items():
        for place, line in enumerate(lines):
            if name != log and line.key not in silent:
                continue
            left = _left(line, people)
            if left != line:
                lines[place] = left
                struck, reached = struck + 1, reached | {name}
                if line.change_set in plain.done:
                    plain.done[line.change_set] = (None, plain.done[line.change_set][1])
    return struck, reached


def _left(line: Line, people: set[str]) -> Line:
    before, after = (_body(line.key, body, people) for body in (line.before, line.after))
    if (before, after) == (line.before, line.after):
        return line
    return replace(line, before=before, after=after, erased=True)


def _body(key: Key, body: Body | None, people: set[str]) -> Body | None:
    return None if body is None else erased(key[0], body, people)


def _records(
    plain: Plain, people: set[str], id_: str, actor: str, at: datetime
) -> tuple[list[tuple[str, Line]], int, int]:
    """Change the records as they stand; the lines of that, how many were put and how many went."""
    lines: list[tuple[str, Line]] = []
    put = dossiers = 0
    for key, row in list(plain.rows.items()):
        if not is_about(key[0], row.body, people):
            continue
        left = erased(key[0], row.body, people)
        gone = key[0] is NodeKind.DOSSIER
        if left == row.body and not gone:
            continue
        log, last = row.account or FIRM, row.revision + 1
        if gone:
            del plain.rows[key]
            plain.gone[key] = (last, log)
        else:
            plain.rows[key] = Row(left, row.account, row.other, last, row.created, at)
        put, dossiers = put + (not gone), dossiers + gone
        line = Line(at, actor, id_, key, row.body, None if gone else left, last, None)
        lines.append((log, _left(line, people)))
        lines += [(other, silent) for other, silent in _silent(row, line)]
    return lines, put, dossiers


def _silent(row: Row, line: Line) -> Iterator[tuple[str, Line]]:
    if row.other:
        yield row.other, replace(line, before=None, after=None)
