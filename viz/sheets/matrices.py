"""Answers told as cells: our people by theirs, products by place, person by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from models.enums import ViewName
from models.findings.coverage import ContactTie, Coverage
from models.findings.installed import Installed
from models.findings.relations import Relation, Relations
from models.findings.views import View
from viz.figures import hundredth, percent, whole
from viz.labels import in_language, label
from viz.layout.boxes import Box
from viz.naming import Names
from viz.sheets.sheet import Sheet, Table, heat
from viz.texts import texts

MOST_PEOPLE, MOST_OURS, MOST_RELATED = 25, 12, 16
_HEAD, _CELL, _LINE = 260.0, 112.0, 38.0


def by_best(found: Coverage, end: Callable[[ContactTie], str]) -> list[str]:
    """Those at one end of the ties, by the best of them that counts, then by all of them."""
    best: dict[str, tuple[float, float]] = {}
    for tie in found.items:
        id_ = end(tie)
        most, total = best.get(id_, (0.0, 0.0))
        best[id_] = max(most, tie.counted), total + tie.strength
    return sorted(best, key=lambda id_: (-best[id_][0], -best[id_][1], id_))


def most_tied(pairs: Sequence[Relation]) -> list[str]:
    """The people of the pairs, those with the most weight first."""
    weight: dict[str, float] = defaultdict(float)
    for pair in pairs:
        weight[pair.one_id] += pair.weight
        weight[pair.other_id] += pair.weight
    return sorted(weight, key=lambda id_: (-weight[id_], id_))


def by_product(lines: Sequence[Installed]) -> list[tuple[Installed, dict[str, list[Installed]]]]:
    """Each product, as its first line tells it, with what stands of it at each place."""
    rows: dict[tuple[str, str | None], dict[str, list[Installed]]] = {}
    first: dict[tuple[str, str | None], Installed] = {}
    for line in lines:
        key = (line.product_id, line.competitor_id)
        first.setdefault(key, line)
        rows.setdefault(key, defaultdict(list))[line.place_id].append(line)
    return [(first[key], places) for key, places in rows.items()]


def _cell(
    sheet: Sheet, id_: str, column: int, y: float, tone: str, said: Sequence[str], width: float = _CELL
) -> None:
    x = _HEAD + column * width
    sheet.mark(
        "box",
        id_,
        Box(x + 2, y - _LINE / 2 + 2, x + width - 2, y + _LINE / 2 - 2),
        tone,
        said,
        align="middle",
    )


def _heats(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    _ = sheet._
    return (
        ("heat0", _("hardly any")),
        ("heat1", _("below 25")),
        ("heat2", _("25 to 49")),
        ("heat3", _("50 to 74")),
        ("heat4", _("75 and more")),
    )


def _pairings(found: Coverage, names: Names) -> Table:
    """Whom to pair next."""
    _, lang = texts(names.lang), names.lang
    return Table(
        _("Whom to pair next"),
        (
            ("member", _("Ours")),
            ("contact", _("Theirs")),
            ("rung", _("Rung")),
            ("strength", _("Strength")),
            ("goal", _("Goal")),
        ),
        [
            {
                "member": names.member(pair.member_id),
                "contact": names.contact(pair.contact_id),
                "rung": label(pair.rung, lang),
                "strength": round(pair.strength),
                "goal": round(pair.goal),
            }
            for pair in found.pairings
        ],
    )


def _held(found: Coverage, names: Names) -> Table:
    """Every tie of ours."""
    _, lang = texts(names.lang), names.lang
    return Table(
        _("Ties"),
        (
            ("member", _("Ours")),
            ("contact", _("Theirs")),
            ("strength", _("Strength")),
            ("counted", _("Counts")),
            ("grade", _("Grade")),
        ),
        [
            {
                "member": names.member(tie.member_id),
                "contact": names.contact(tie.contact_id),
                "strength": round(tie.strength),
                "counted": round(tie.counted),
                "grade": label(tie.grade, lang),
            }
            for tie in found.items
        ],
    )


def contact_matrix(found: Coverage, names: Names, opportunity_id: str | None = None) -> View:
    """Who of ours knows whom of theirs, and how well; whom to pair next is in the table."""
    sheet = Sheet(names)
    _ = sheet._
    sheet.legend = _heats(sheet)
    ours = by_best(found, lambda tie: tie.member_id)[:MOST_OURS]
    theirs = by_best(found, lambda tie: tie.contact_id)[:MOST_PEOPLE]
    ties = {(tie.contact_id, tie.member_id): tie for tie in found.items}
    for column, member in enumerate(ours):
        sheet.word(
            f"head:{member}", names.member(member), _HEAD + column * _CELL + 6, 0, _CELL - 10, bold=True
        )
    for row, contact in enumerate(theirs, start=1):
        sheet.word(f"side:{contact}", names.contact(contact), 0, row * _LINE, _HEAD - 10, bold=True)
        for column, member in enumerate(ours):
            if tie := ties.get((contact, member)):
                _cell(
                    sheet,
                    f"{contact}|{member}",
                    column,
                    row * _LINE,
                    heat(tie.counted),
                    [whole(tie.strength)],
                )
    shape = (
        []
        if found.shape is None
        else [_("shape {number}: 0 bow-tie, 1 diamond", number=hundredth(found.shape))]
    )
    return sheet.view(
        ViewName.CONTACT_MATRIX,
        found.provenance,
        people=_pairings(found, names),
        ties=_held(found, names),
        said=shape,
        opportunity_id=opportunity_id,
    )


def _in_use(found: Relations, names: Names) -> Table:
    """Every product in use."""
    _, lang = texts(names.lang), names.lang
    return Table(
        _("What stands where"),
        (
            ("product", _("Product")),
            ("whose", _("Whose")),
            ("place", _("Department")),
            ("content", _("Content, of 5")),
        ),
        [
            {
                "product": in_language(line.product, lang),
                "place": in_language(names.told(line.place), lang),
                "whose": in_language(line.competitor, lang) if line.competitor else _("ours"),
                "content": line.satisfaction,
            }
            for line in found.installed
        ],
    )


def relation_matrix(found: Relations, names: Names, opportunity_id: str | None = None) -> View:
    """Which products stand where and how content people are; below, who is tied to whom."""
    sheet = Sheet(names)
    _, lang = sheet._, names.lang
    sheet.legend = (
        *_heats(sheet),
        ("good", _("Content")),
        ("warn", _("neither, or not known")),
        ("bad", _("Not content")),
    )
    below = _products(sheet, found.installed)
    people = most_tied(found.items)[:MOST_RELATED]
    cells = {(pair.one_id, pair.other_id): pair for pair in found.items}
    cells |= {(other, one): pair for (one, other), pair in cells.items()}
    width = 58.0
    for row, one in enumerate(people):
        y = below + (row + 1) * _LINE
        sheet.word(f"side:{one}", f"{row + 1}  {names.contact(one)}", 0, y, _HEAD - 10, bold=True)
        sheet.word(f"head:{one}", str(row + 1), _HEAD + row * width + 20, below, 30, bold=True)
        for column, other in enumerate(people):
            pair = cells.get((one, other))
            if pair is not None:
                said = "×" if pair.conflict else percent(pair.weight)
                tone = "bad" if pair.conflict else heat(pair.weight, 1)
                _cell(sheet, f"{one}|{other}", column, y, tone, [said], width)
    return sheet.view(
        ViewName.RELATION_MATRIX,
        found.provenance,
        people=_in_use(found, names),
        ties=Table(
            _("Ties"),
            (("from", _("From")), ("to", _("To")), ("kind", _("Kind")), ("weight", _("Chance"))),
            [
                {
                    "from": names.contact(pair.from_id),
                    "kind": label(pair.kind, lang),
                    "weight": percent(pair.weight),
                    "to": names.contact(pair.other_id if pair.from_id == pair.one_id else pair.one_id),
                }
                for pair in found.items
            ],
        ),
        opportunity_id=opportunity_id,
    )


def _products(sheet: Sheet, installed: Sequence[Installed]) -> float:
    """Draws products by place; answers where the next thing may begin."""
    _, lang, names = sheet._, sheet.names.lang, sheet.names
    places = list(dict.fromkeys((line.place_id, line.place) for line in installed))
    for column, (id_, place) in enumerate(places):
        name = in_language(names.told(place), lang)
        sheet.word(f"place:{id_}", name, _HEAD + column * _CELL + 6, 0, _CELL - 10, bold=True)
    rows = by_product(installed)
    for row, (product, at) in enumerate(rows, start=1):
        whose = in_language(product.competitor, lang) if product.competitor else _("ours")
        key = f"{product.product_id}|{product.competitor_id}"
        sheet.word(
            f"product:{key}", f"{in_language(product.product, lang)} · {whose}", 0, row * _LINE, _HEAD - 10
        )
        for column, (id_, _place) in enumerate(places):
            for line in at.get(id_, ())[:1]:
                content = line.satisfaction
                tone = "warn" if content in (None, 3) else "good" if content > 3 else "bad"
                _cell(sheet, f"{key}@{id_}", column, row * _LINE, tone, [f"{content}/5" if content else "?"])
    return (len(rows) + 2) * _LINE if rows else 0.0
