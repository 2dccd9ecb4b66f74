"""What an import makes of each column of its tables, with the first values: the mapping to look at."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from graphsvc.features.imports.forms import Sheet
from graphsvc.features.imports.headers import Form

_VALUES, _LONGEST = 3, 60


class ColumnUse(BaseModel):
    """A column of a table: the field it is read as, or none if it is ignored."""

    model_config = ConfigDict(frozen=True)

    file: str
    form: Form
    column: str
    field: str | None = Field(description="The field the column is read as; null if it is ignored.")
    values: list[str] = Field(description="Its first different values.")


def columns_of(sheets: Sequence[Sheet]) -> list[ColumnUse]:
    """Each column that has a header, in the order of the files. O(cells of the columns)."""
    return [
        ColumnUse(
            file=sheet.table.file,
            form=sheet.form,
            column=name,
            field=next((field for field, place in sheet.fields.items() if place == column), None),
            values=_first(sheet, column),
        )
        for sheet in sheets
        for column, name in enumerate(sheet.table.header)
        if name
    ]


def _first(sheet: Sheet, column: int) -> list[str]:
    found: dict[str, None] = {}
    for _, cells in sheet.table.rows:
        if cells[column]:
            found[cells[column][:_LONGEST]] = None
        if len(found) == _VALUES:
            break
    return list(found)
