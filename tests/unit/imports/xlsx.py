"""Helpers: small workbooks written by hand, so that each can hold just what a test is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DATE = "date"
"""The style of a cell that holds a day."""


def text(value: str, at: str) -> str:
    """A cell of text."""
    return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def number(value: float, at: str, style: str | None = None) -> str:
    """A cell of a number; with the style DATE it shows a day."""
    return f'<c r="{at}"{" s=" + quoteattr("1") if style == DATE else ""}><v>{value}</v></c>'


def formula(written: str, value: str, at: str) -> str:
    """A cell with a formula and the text it was last computed to."""
    return f'<c r="{at}" t="str"><f>{escape(written)}</f><v>{escape(value)}</v></c>'


def rows_of(*rows: Sequence[str]) -> str:
    """Rows of text cells from A1 on."""
    return "".join(
        f'<row r="{number}">'
        + "".join(text(cell, f"{chr(65 + column)}{number}") for column, cell in enumerate(cells))
        + "</row>"
        for number, cells in enumerate(rows, 1)
    )


def workbook(
    sheets: Mapping[str, str], *, from_1904: bool = False, more: Mapping[str, bytes] | None = None
) -> bytes:
    """A workbook whose sheets hold the XML of rows."""
    count = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"/>'
        for number, name in zip(count, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="r{number}" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in count
    )
    calendar = ' date1904="1"' if from_1904 else ""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_TYPES}"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><workbookPr{calendar}/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="s" Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for number, rows in zip(count, sheets.values(), strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return out.getvalue()
