"""The file a store moves in: gzip of one JSON value a line, the last of them a sum over all before.

The first line names the form and the heads of all logs. Then what is kept of erasures and rules,
`{"kept": […]}`. Then log by log each change set and its first entries: `{"change_set": [id, digest, result]}`
and `{"entry": […]}`. The last is `{"end": {lines, sha256}}`: a file without it is not whole.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, Any

import orjson

from graphsvc.errors import BackupFailed
from graphsvc.stores.codec import kind_of, moment_of, moment_text
from graphsvc.stores.keeping import Kept, row_of, thing_of
from graphsvc.stores.operations import Done
from models.changes import LogEntry, LogHead, Seal

FORM = 3
"""Form 1 knew of no erasures, 2 did not keep who was merged into whom."""
KEEPS_MERGES = 3
BATCH = 5_000
"""Log entries handed on at once."""
LONGEST_LINE = 64_000_000
_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Batch:
    """The next entries of one log, and the change sets that begin with them."""

    entries: Sequence[LogEntry]
    done: Sequence[Done]


class Writer:
    """Writes such a file line by line; `end` makes it whole."""

    def __init__(self, file: IO[bytes], heads: Iterable[LogHead]) -> None:
        self._zipped = gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=4, mtime=0)
        self._sum = hashlib.sha256()
        self._lines = 0
        rows = [[h.account, h.sequence, h.hash, moment_text(h.at) if h.at else None] for h in heads]
        self._line({"graphsvc": "backup", "form": FORM, "heads": rows})

    def keep(self, things: Iterable[Kept]) -> None:
        """Write what is kept beside the logs."""
        for thing in things:
            told = row_of(thing)
            self._line({"kept": [told["area"], told["key"], told["owner"], told["body"], told["expires"], 0]})

    def batch(self, batch: Batch) -> None:
        """Write the next entries. O(bytes)."""
        for done in batch.done:
            self._line({"change_set": [done.id, done.digest, done.result]})
        for entry in batch.entries:
            self._line({"entry": _row(entry)})

    def end(self) -> None:
        """Write the end mark."""
        self._line({"end": {"lines": self._lines, "sha256": self._sum.hexdigest()}})
        self._zipped.close()

    def _line(self, value: Any) -> None:
        line = orjson.dumps(value) + b"\n"
        self._sum.update(line)
        self._lines += 1
        self._zipped.write(line)


def is_logical(path: Path) -> bool:
    """Whether a file may be such a one."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def heads_of(path: Path) -> list[LogHead]:
    """The heads a file says its logs have. Raises BackupFailed for a file that is none of ours."""
    return _heads(path, next(_lines(path)))


def keeps_merges(path: Path) -> bool:
    """Whether a file says who was merged into whom. Raises BackupFailed for a file that is none of ours."""
    return int(next(_lines(path)).get("form", 0)) >= KEEPS_MERGES


def kept_in(path: Path) -> Iterator[Kept]:
    """What a file holds beside the logs. Raises BackupFailed. O(what it holds)."""
    for line in _lines(path):
        if "kept" in line:
            try:
                yield thing_of(line["kept"])
            except (AttributeError, TypeError, ValueError) as error:
                raise _unreadable(path) from error
        elif "heads" not in line:
            return


def batches(path: Path) -> Iterator[Batch]:
    """All of a file, in order. Raises BackupFailed where it is not as it was written. O(bytes)."""
    lines = _lines(path)
    _heads(path, next(lines))
    entries: list[LogEntry] = []
    done: list[Done] = []
    for line in lines:
        try:
            if "kept" in line:
                continue
            if "change_set" in line:
                done.append(Done(*line["change_set"]))
                continue
            entry = _entry(line["entry"])
        except (AssertionError, KeyError, TypeError, ValueError) as error:
            raise _unreadable(path) from error
        if entries and (len(entries) == BATCH or entries[-1].account != entry.account):
            # What was collected of change sets belongs to the entries from here on, but for those before.
            begun = {e.change_set for e in entries}
            yield Batch(entries, [row for row in done if row.id in begun])
            entries, done = [], [row for row in done if row.id not in begun]
        entries.append(entry)
    if entries:
        yield Batch(entries, done)


def _lines(path: Path) -> Iterator[Any]:
    """The values of a file's lines but the last, which must be the sum of them."""
    found = hashlib.sha256()
    try:
        with gzip.open(path) as file:
            for number in count():
                line = file.readline(LONGEST_LINE)
                value = orjson.loads(line)
                if "end" in value:
                    if value["end"] != {"lines": number, "sha256": found.hexdigest()} or file.read(1):
                        raise _unreadable(path)
                    return
                found.update(line)
                yield value
    except (gzip.BadGzipFile, zlib.error, EOFError, ValueError, TypeError) as error:
        raise _unreadable(path) from error


def _heads(path: Path, line: Any) -> list[LogHead]:
    if not isinstance(line, dict) or line.get("graphsvc") != "backup":
        raise _unreadable(path)
    if line["form"] not in range(1, FORM + 1):
        raise BackupFailed(
            f"{path} was written by a newer version (form {line['form']}); update graphsvc.",
            f"{path} 由更新的版本写入（格式 {line['form']}）；请升级 graphsvc。",
        )
    return [
        LogHead(log, value, hash_, moment_of(at) if at else None) for log, value, hash_, at in line["heads"]
    ]


def _unreadable(path: Path) -> BackupFailed:
    return BackupFailed(
        f"{path} is no whole backup of graphsvc: damaged, cut off or another kind of file.",
        f"{path} 不是完整的 graphsvc 备份：已损坏、被截断或是其他类型的文件。",
    )


def _row(entry: LogEntry) -> list[Any]:
    seal = entry.seal
    assert seal is not None
    return [
        entry.account,
        entry.sequence,
        moment_text(entry.at),
        entry.actor,
        entry.change_set,
        entry.kind,
        entry.id,
        entry.before,
        entry.after,
        entry.revision,
        entry.reason,
        entry.request_id,
        entry.prior,
        [seal.salt_before, seal.salt_after, seal.digest_before, seal.digest_after, seal.hash],
    ]


def _entry(row: list[Any]) -> LogEntry:
    account, sequence, at, actor, change_set, kind, *values = row
    id_, before, after, revision, reason, request_id, prior, seal = values
    return LogEntry(
        account,
        sequence,
        moment_of(at),
        actor,
        change_set,
        kind_of(kind),
        id_,
        before,
        after,
        revision,
        reason,
        request_id,
        prior,
        Seal(*seal),
    )
