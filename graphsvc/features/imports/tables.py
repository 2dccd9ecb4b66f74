"""From bytes to text and rows: encoding, delimiter, header."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graphsvc.formulas import unguarded
from models.faults import Code, Fault, InvalidInput
from models.fields import Label

LARGEST_TEXT = 200_000_000
"""Most bytes a compressed file may unpack to."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SHOWN = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "gb18030": "GB18030 (GBK)",
}
_ALIASES = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030"}
_MARKS = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Signs without width and those that turn the direction of writing: copied telephone numbers bring them."""
_SEPARATOR = re.compile(r"sep=([,;\t])")
"""The first line with which a spreadsheet is told what stands between cells."""
_UNSEEN = "".join(
    sign
    for sign in map(chr, range(0x10000))
    if sign.isspace() or unicodedata.category(sign) == "Cc" or sign in _MARKS
)
_LONGEST_HEADER = 100_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was sent; `name` is only shown."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """A file that is read when it is needed."""

    name: str
    path: Path

    @property
    def data(self) -> bytes:
        """All of it."""
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and the name of the encoding that read it."""

    file: str
    text: str
    encoding: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header. Row numbers are those a spreadsheet shows: the header is row 1.

    `faults` are of rows that could not be taken.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    faults: tuple[Fault, ...] = ()


def decode(file: SourceFile, encoding: str | None = None) -> Decoded:
    """The text of a file. Without `encoding`: a byte order mark, else UTF-8, UTF-16, GB18030.

    Each is tried strictly, so the first that reads every byte wins; GB18030 includes GBK and GB2312.
    Raises InvalidInput (empty-file, bad-encoding, bad-file). O(bytes).
    """
    data = file.data
    if not data.strip():
        raise InvalidInput(Fault(Code.EMPTY_FILE, file=file.name))
    for name in _candidates(data, encoding):
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        if "\0" in text:
            row = text.count("\n", 0, text.index("\0")) + 1
            detail = Label("There is a NUL character in this row.", "此行含有 NUL 字符。")
            raise InvalidInput(Fault(Code.BAD_FILE, {"detail": detail}, file=file.name, row=row))
        if not text.strip("\ufeff").strip():
            raise InvalidInput(Fault(Code.EMPTY_FILE, file=file.name))
        return Decoded(file.name, text.lstrip("\ufeff"), _SHOWN.get(name, name), name == "gb18030")
    raise InvalidInput(Fault(Code.BAD_ENCODING, file=file.name, row=_first_bad_row(data)))


def known_encoding(name: str) -> bool:
    """Whether `--encoding NAME` can be obeyed."""
    return _ALIASES.get(name.lower(), name.lower()) in _SHOWN


def _candidates(data: bytes, encoding: str | None) -> Sequence[str]:
    if encoding is not None:
        chosen = _ALIASES.get(encoding.lower(), encoding.lower())
        return (chosen + "-sig" if chosen == "utf-8" else chosen,)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return (name,)
    if data.count(0) * 10 > len(data):
        little = data[1::2].count(0) >= data[::2].count(0)
        return ("utf-16-le",) if little else ("utf-16-be",)
    return ("utf-8",) if _damaged_utf8(data) else ("utf-8", "gb18030")


def _damaged_utf8(data: bytes) -> bool:
    """Whether nearly all of it reads as UTF-8: then GB18030 would give other characters than were meant."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) > 10 * broken


def _first_bad_row(data: bytes) -> int | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return None


def table_of(decoded: Decoded) -> Table:
    """The rows of a CSV text with comma, semicolon or tab between cells, as `table_of_rows` takes them.

    Raises InvalidInput. O(length).
    """
    rows = _parsed(decoded.file, decoded.text)
    return table_of_rows(decoded.file, list(enumerate(rows, 1)))


def table_of_rows(file: str, rows: Sequence[tuple[int, Sequence[str]]]) -> Table:
    """The table of numbered rows whose cells are `cleaned`; the first that is not empty is the header.

    Empty rows are skipped. A row may be shorter than the header (the rest is empty), not longer. Raises
    InvalidInput if the header cannot be taken. O(cells).
    """
    start = next((place for place, (_, cells) in enumerate(rows) if any(cells)), None)
    if start is None:
        raise InvalidInput(Fault(Code.EMPTY_FILE, file=file))
    row, header = rows[start]
    while header and not header[-1]:
        header = header[:-1]
    if faults := _header_faults(file, header, row):
        raise InvalidInput(*faults)
    found = []
    for number, cells in rows[start + 1 :]:
        if any(cells[len(header) :]):
            detail = Label(
                f"The row has {len(cells)} cells, the header {len(header)}.",
                f"此行有 {len(cells)} 个单元格，表头只有 {len(header)} 个。",
            )
            faults.append(Fault(Code.BAD_FILE, {"detail": detail}, file=file, row=number))
        elif any(cells):
            found.append((number, (*cells[: len(header)], *[""] * (len(header) - len(cells)))))
    return Table(file, tuple(header), tuple(found), tuple(faults))


def bare(text: str) -> str:
    """A text composed (NFC), without spaces and signs nobody sees at its ends: what programs paste along."""
    return unicodedata.normalize("NFC", text).strip(_UNSEEN)


def cleaned(cell: str) -> str:
    """A cell as it is read: `bare`, the guard of a formula taken off."""
    return unguarded(bare(cell))


def _parsed(file: str, text: str) -> list[list[str]]:
    first = next(line for line in io.StringIO(text, newline=None) if line.strip())
    said = _SEPARATOR.fullmatch(first.rstrip("\n"))
    delimiter = said[1] if said else _delimiter(first[:_LONGEST_HEADER])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend([cleaned(cell) for cell in row] for row in reader)
    except csv.Error as error:
        detail = Label(f"This row cannot be read as CSV: {error}.", f"此行不是有效的 CSV：{error}。")
        raise InvalidInput(Fault(Code.BAD_FILE, {"detail": detail}, file=file, row=len(rows) + 1)) from None
    if said:
        rows[next(place for place, cells in enumerate(rows) if any(cells))] = []
    return rows


def _delimiter(header: str) -> str:
    return max(",;\t", key=lambda mark: len(next(csv.reader([header], delimiter=mark))))


def _header_faults(file: str, header: Sequence[str], row: int) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for name in header:
        key = name.casefold()
        if key and key in seen:
            detail = Label(f"Two columns are called {name}.", f"有两列都叫 {name}。")
            faults.append(Fault(Code.BAD_FILE, {"detail": detail}, file=file, row=row, column=name))
        seen.add(key)
    return faults
