"""Which form a file has, decided by its content, and which column holds which field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphsvc.features.imports.batch import Place
from graphsvc.features.imports.headers import FIELDS, Form, header_key
from graphsvc.features.imports.tables import Decoded, Table
from models.faults import Code, Fault, InvalidInput

Cells = Mapping[str, str]
"""The filled cells of a row by field."""

_SIGNATURES: tuple[tuple[Form, tuple[frozenset[str], ...]], ...] = tuple(
    (form, tuple(frozenset(names.split()) for names in wanted))
    for form, wanted in (
        (Form.MESSAGES, ("source target time", "source target unix_time")),
        (Form.TIES, ("source target",)),
        (Form.ROLES, ("opportunity contact role", "opportunity_name contact role")),
        (Form.ACCOUNTS, ("name industry", "name employees", "id industry", "id employees")),
        (Form.PEOPLE, ("id", "name", "last_name")),
    )
)
"""The fields that make a table one of a form; the first that fits is taken."""
_OF_PERSONS = frozenset(
    ["first_name", "last_name", "department", "title", "rung", "level", "manager_id", "email", "wechat"]
)
"""With one of these, a table that names accounts is about people all the same."""
_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose form is known: `fields` says in which column each field stands."""

    form: Form
    table: Table
    fields: Mapping[str, int]

    @property
    def headers(self) -> dict[str, str]:
        """The header of each field, as the file writes it."""
        return {name: self.table.header[column] for name, column in self.fields.items()}

    @property
    def ignored(self) -> list[str]:
        """The headers nothing is taken from."""
        used = set(self.fields.values())
        return [name for column, name in enumerate(self.table.header) if name and column not in used]

    def rows(self) -> Iterator[tuple[Place, Cells]]:
        """Each row's place and filled cells."""
        file, headers, fields = self.table.file, self.headers, list(self.fields.items())
        for number, cells in self.table.rows:
            filled = {name: text for name, column in fields if (text := cells[column])}
            yield Place(file, number, None, headers), filled


def listed(names: list[str]) -> str:
    """Names for a message; of many only the first."""
    more = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" … +{more}" if more > 0 else "")


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its English noun: "1 row", "2 rows", "2 people"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def is_document(decoded: Decoded) -> bool:
    """Whether a text is JSON rather than a table."""
    return decoded.text.lstrip()[:1] in ("{", "[")


def sheet_of(table: Table) -> Sheet:
    """The form of a table by its header. Raises InvalidInput (unknown-table)."""
    for form, wanted in _SIGNATURES:
        fields = _fields(table.header, FIELDS[form])
        if any(names <= set(fields) for names in wanted):
            if form is Form.ACCOUNTS and _OF_PERSONS & set(_fields(table.header, FIELDS[Form.PEOPLE])):
                continue
            return Sheet(form, table, fields)
    found = listed([name for name in table.header if name])
    raise InvalidInput(Fault(Code.UNKNOWN_TABLE, {"found": found}, file=table.file, row=1))


def _fields(header: tuple[str, ...], known: Mapping[str, str]) -> dict[str, int]:
    """Field → column. A header that is the field's own name goes before another way to write it."""
    fields: dict[str, int] = {}
    for column, text in enumerate(header):
        key = header_key(text)
        name = known.get(key)
        if name and (name not in fields or key == name):
            fields[name] = column
    return fields
