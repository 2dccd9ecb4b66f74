"""From bytes to text and rows: compression, encoding, delimiter, header."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

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
_ZIP = b"PK\x03\x04"
_LONGEST_HEADER = 100_000
_FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was sent; `name` is only shown."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and the name of the encoding that read it."""

    file: str
    text: str
    encoding: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header. Row numbers are those a spreadsheet shows: the header is row 1."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def decode(file: SourceFile, encoding: str | None = None) -> Decoded:
    """The text of a file, gzip undone. Without `encoding`: a byte order mark, else UTF-8, UTF-16, GB18030.

    Each is tried strictly, so the first that reads every byte wins; GB18030 includes GBK and GB2312.
    Raises InvalidInput (empty-file, bad-encoding, bad-file). O(bytes).
    """
    data = _unpacked(file)
    if data.startswith(_ZIP):
        detail = Label("This is a workbook (XLSX): save it as CSV.", "这是工作簿（XLSX）：请另存为 CSV。")
        raise InvalidInput(Fault(Code.BAD_FILE, {"detail": detail}, file=file.name))
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


def _unpacked(file: SourceFile) -> bytes:
    if not file.data.startswith(b"\x1f\x8b"):
        return file.data
    try:
        data = gzip.GzipFile(fileobj=io.BytesIO(file.data)).read(LARGEST_TEXT + 1)
    except (OSError, EOFError, zlib.error):
        data = b""
    if 0 < len(data) <= LARGEST_TEXT:
        return data
    detail = Label("This gzip file is damaged, empty or too large.", "此 gzip 文件已损坏、为空或过大。")
    raise InvalidInput(Fault(Code.BAD_FILE, {"detail": detail}, file=file.name))


def table_of(decoded: Decoded) -> Table:
    """The rows of a CSV text with comma, semicolon or tab between cells; empty rows are skipped.

    Cells are composed (NFC) and stripped of spaces; an apostrophe that kept a formula from running is
    taken off. A row may be shorter than the header (the rest is empty), not longer. Raises InvalidInput.
    O(length).
    """
    file = decoded.file
    rows = _parsed(file, unicodedata.normalize("NFC", decoded.text))
    start = next((place for place, row in enumerate(rows) if any(row)), None)
    if start is None:
        raise InvalidInput(Fault(Code.EMPTY_FILE, file=file))
    header = rows[start]
    while header and not header[-1]:
        header = header[:-1]
    faults = _header_faults(file, header, start + 1)
    found = []
    for number, cells in enumerate(rows[start + 1 :], start + 2):
        if not any(cells):
            continue
        if any(cells[len(header) :]):
            detail = Label(
                f"The row has {len(cells)} cells, the header {len(header)}.",
                f"此行有 {len(cells)} 个单元格，表头只有 {len(header)} 个。",
            )
            faults.append(Fault(Code.BAD_FILE, {"detail": detail}, file=file, row=number))
        found.append((number, (*cells[: len(header)], *[""] * (len(header) - len(cells)))))
    if faults:
        raise InvalidInput(*faults)
    return Table(file, tuple(header), tuple(found))


def _parsed(file: str, text: str) -> list[list[str]]:
    first = next(line for line in io.StringIO(text, newline=None) if line.strip())
    delimiter = max(",;\t", key=lambda mark: len(next(csv.reader([first[:_LONGEST_HEADER]], delimiter=mark))))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend([_cell(cell) for cell in row] for row in reader)
    except csv.Error as error:
        detail = Label(f"This row cannot be read as CSV: {error}.", f"此行不是有效的 CSV：{error}。")
        raise InvalidInput(Fault(Code.BAD_FILE, {"detail": detail}, file=file, row=len(rows) + 1)) from None
    return rows


def _cell(text: str) -> str:
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text


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
