"""The store as one dictionary, to hold the stores to: records, what deleted ones had come to, logs.

Written from what the model promises, not from how the stores plan; `rules.py` says what a change set comes
to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from graphsvc.stores.port import Scope
from models.changes import ChangeSet, Delete, Put
from models.enums import NodeKind
from models.kinds import FIRM
from models.records import Body, read_record
from tests.machine.rules import Key, Outcome, Row, names, outcome


@dataclass(frozen=True)
class Line:
    """An entry of a log, without its place among the others of its change set."""

    at: datetime
    actor: str
    change_set: str
    key: Key
    before: Body | None
    after: Body | None
    revision: int
    reason: str | None
    erased: bool = False


@dataclass(frozen=True)
class Done:
    """What a change set did: numbers of records, sequences of logs, revisions of what was put."""

    put: int
    deleted: int
    cleared: int
    unchanged: int
    sequences: dict[str, int]
    revisions: dict[Key, int]


@dataclass
class Plain:
    """A store without a database."""

    rows: dict[Key, Row] = field(default_factory=dict)
    gone: dict[Key, tuple[int, str]] = field(default_factory=dict)
    logs: dict[str, list[Line]] = field(default_factory=dict)
    done: dict[str, tuple[object, Done]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)

    def apply(self, scope: Scope, asked: ChangeSet, at: datetime) -> Done:
        """Apply a change set whole at a time, or raise No."""
        content = (scope.actor, asked.reason, asked.changes)
        if asked.id in self.done:
            before, done = self.done[asked.id]
            if before is None:
                raise No("InvalidInput", {("erased-since", "/id")})
            if before != content:
                raise No("InvalidInput", {("change-set-reused", "/id")})
            return done
        gone = {key: revision for key, (revision, _) in self.gone.items()}
        found = outcome(self.rows, gone, scope, asked, self.erased)
        if found.refused:
            raise No(*found.refused)
        lines = self._logged(found, scope.actor, asked, at)
        done = self._done(found, lines)
        if lines:
            self.done[asked.id] = (content, done)
        return done

    def _logged(self, found: Outcome, actor: str, asked: ChangeSet, at: datetime) -> list[tuple[str, Line]]:
        """Write the outcome down."""
        lines = []
        for key, new in found.changed.items():
            old = self.rows.pop(key, None)
            known = old or new
            assert known is not None
            last = old.revision if old else self.gone.get(key, (0, ""))[0]
            if new is None:
                self.gone[key] = (last + 1, known.account or FIRM)
            else:
                created = old.created if old else at
                self.rows[key] = Row(new.body, new.account, new.other, last + 1, created, at)
            told = (old.body if old else None, new.body if new else None, last + 1, asked.reason)
            lines.append((known.account or FIRM, Line(at, actor, asked.id, key, *told)))
            others = {row.other for row in (old, new) if row and row.other}
            silent = Line(at, actor, asked.id, key, None, None, last + 1, asked.reason)
            lines += [(other, silent) for other in others]
        for log, line in lines:
            self.logs.setdefault(log, []).append(line)
        return lines

    def _done(self, found: Outcome, lines: list[tuple[str, Line]]) -> Done:
        gone = sum(new is None for new in found.changed.values())
        written = found.put | found.cleared
        revisions = {key: self.rows[key].revision for key in (*written, *found.unchanged)}
        return Done(
            put=len(found.put),
            deleted=gone,
            cleared=len(found.cleared),
            unchanged=len(found.unchanged),
            sequences={log: len(self.logs[log]) for log, _ in lines},
            revisions=revisions,
        )

    def undo(self, scope: Scope, change_set: str, id: str, at: datetime) -> Done:
        """Reverse a change set by an exact one, or raise No."""
        lines = [line for log in self.logs.values() for line in log if line.change_set == change_set]
        if any(line.erased for line in lines):
            raise No("ErasedValues")
        inverse = tuple(
            Delete(line.key[0], line.key[1], self._left(line))
            if line.before is None
            else Put(line.key[0], read_record(line.key[0], line.before), self._left(line))
            for line in sorted(lines, key=lambda line: line.key)
            if line.before is not None or line.after is not None
        )
        try:
            return self.apply(scope, ChangeSet(id, inverse, f"undo {change_set}", exact=True), at)
        except No:
            raise No("ChangedSince") from None

    def _left(self, line: Line) -> int:
        """The revision an undo expects: a line's, or today's of a record that is as the line left it."""
        newest = self.history(line.key)[0]
        same = newest.after == line.after and (line.after is not None or newest.before == line.before)
        return newest.revision if same else line.revision

    def of_account(self, account: str) -> dict[Key, Row]:
        """An account's records and the firm's it has to do with."""
        return {key: self.rows[key] for key in _with_firm(account, self.rows)}

    def then(self, account: str, moment: datetime) -> dict[Key, Body]:
        """The bodies of the same as they were known at a time; empty if there was no such account."""
        own, firm = (_replayed(self.logs.get(log, []), moment) for log in (account, FIRM))
        rows = {key: Row(body, account) for key, body in own.items()}
        rows |= {key: Row(body, None) for key, body in firm.items()}
        if (NodeKind.ACCOUNT, account) not in rows:
            return {}
        return {key: rows[key].body for key in _with_firm(account, rows)}

    def history(self, key: Key) -> list[Line]:
        """A record's lines with values, newest first, from the log it is in or was in last."""
        log = (self.rows[key].account or FIRM) if key in self.rows else self.gone[key][1]
        told = [line for line in self.logs[log] if line.key == key and (line.before or line.after)]
        return told[::-1]


class No(Exception):
    """Refused: the name of the error, and its faults (or the record it is about)."""

    def __init__(self, how: str, what: object = None) -> None:
        super().__init__(how, what)
        self.how, self.what = how, what


def _replayed(log: list[Line], moment: datetime) -> dict[Key, Body]:
    found: dict[Key, Body] = {}
    for line in log:
        if line.at <= moment and line.after is not None:
            found[line.key] = line.after
        elif line.at <= moment and line.before is not None:
            del found[line.key]
    return found


def _with_firm(account: str, rows: dict[Key, Row]) -> set[Key]:
    """The records of an account, then again and again what of the firm these name and is there."""
    found = {key for key, row in rows.items() if row.account == account}
    while True:
        named = {name for key in found for name in names(key[0], rows[key].body)}
        new = {key for key in named - found if key in rows and rows[key].account is None}
        if not new:
            return found
        found |= new
