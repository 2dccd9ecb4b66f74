"""Pictures on paper and in points: one page, text that can be taken out, letters that are letters."""

from __future__ import annotations

import io
import struct
from datetime import date

import pytest
from pypdf import PdfReader

from tests.sample_org import DAY
from tests.unit.viz.test_influence_map import drawn
from tests.unit.viz.test_org_chart import chart
from viz import paper
from viz.paper import LONGEST_SIDE, Paper, can_write, pdf_of, png_of
from viz.svg import headline_of, svg_of

POINTS_PER_MM = 72 / 25.4
needs_font = pytest.mark.skipif(
    not can_write("永"), reason="no font with Chinese letters: install fonts-noto-cjk or fonts-wqy-microhei"
)


def pdf(lang: str, sheet: Paper = Paper.A3) -> bytes:
    view = chart(lang, "all")
    svg, title = svg_of(view, lang=lang), headline_of(view, lang)
    return pdf_of(svg, paper=sheet, title=title, lang=lang, on=DAY)


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("sheet", Paper)
def test_a_pdf_is_one_sheet_across(sheet: Paper) -> None:
    (page,) = PdfReader(io.BytesIO(pdf("en", sheet))).pages
    width, height = sheet.millimetres
    assert float(page.mediabox.width) == pytest.approx(width * POINTS_PER_MM, abs=0.5)
    assert float(page.mediabox.height) == pytest.approx(height * POINTS_PER_MM, abs=0.5)


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=needs_font)])
def test_every_name_can_be_taken_out_of_a_pdf_again(lang: str) -> None:
    read = PdfReader(io.BytesIO(pdf(lang)))
    said = "".join(read.pages[0].extract_text().split())
    view = chart(lang, "all")
    names = [node["name"] for node in view.nodes if len(node["name"]) < 12]
    assert len(names) > 20
    assert [name for name in names if "".join(name.split()) not in said] == []
    assert read.metadata is not None
    assert read.metadata.title == headline_of(view, lang)
    assert not read.pages[0].images


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert pdf("en") == pdf("en")
    svg = svg_of(drawn("en"), lang="en")
    assert png_of(svg) == png_of(svg)


def test_a_png_has_two_points_to_each_of_the_drawing() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120"><rect width="9" height="9"/></svg>'
    )
    assert size(png_of(svg)) == (600, 240)


@pytest.mark.parametrize(("width", "height"), [(90_000, 300), (20_000, 20_000)])
def test_a_huge_drawing_gets_fewer_points(width: int, height: int) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"></svg>'
    wide, high = size(png_of(svg))
    assert max(wide, high) <= LONGEST_SIDE + 1
    assert wide * high <= paper.MOST_PIXELS * 1.01
    assert wide / max(high, 1) == pytest.approx(width / height, rel=0.05)


@needs_font
def test_chinese_letters_are_not_boxes() -> None:
    drawn_letters = {letter: png_of(paper._SAMPLE.format(letter)) for letter in "永国林澜\ue000"}
    assert len(set(drawn_letters.values())) == len(drawn_letters)


def test_without_a_font_only_latin_letters_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "_has_chinese_font", lambda: False)
    assert can_write("<text>Lin Lan</text>")
    assert not can_write("<text>林澜</text>")


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="width and height"):
        png_of("<p>hello</p>")


def test_the_day_of_a_pdf_is_that_of_the_picture() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="12"></svg>'
    made = pdf_of(svg, paper=Paper.A4, title="T", lang="en", on=date(2026, 3, 2))
    assert b"D:20260302" in made
