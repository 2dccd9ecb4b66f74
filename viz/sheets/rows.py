"""Answers told row by row: key influencers, threats, trust, and where we stand with each contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.enums import NodeKind, ViewName
from models.findings.influence import Ranking
from models.findings.positions import Positions, Standing
from models.findings.threats import Threats
from models.findings.trust import Trust
from models.findings.views import View
from models.positions import Position
from viz.figures import percent, tenth, whole
from viz.labels import label
from viz.layout.apart import moved_apart
from viz.layout.boxes import Box
from viz.naming import Names
from viz.sheets.sheet import Row, Sheet, Table
from viz.texts import texts

MOST = 25
STEP = 46.0
_BAR_AT, _BAR = 470.0, 460.0


def _head(sheet: Sheet, id_: str, y: float, contact: str) -> None:
    """A person at the left of a row: name, and below it the seat."""
    person = sheet.names.person(contact)
    sheet.word(f"{id_}:name", person["name"], 60, y - 9, 390, bold=True)
    seat = " · ".join(filter(None, (person["job"], person["department_name"])))
    sheet.word(f"{id_}:seat", seat, 60, y + 11, 390, size=14.0, muted=True)


def _ranked(found: Ranking, names: Names) -> Table:
    """The whole ranking."""
    _ = texts(names.lang)
    people = [
        {
            "rank": item.rank,
            "name": names.contact(item.contact_id),
            "job": names.person(item.contact_id)["job"],
            "score": round(item.score, 1),
            "share": percent(item.share),
            "own": round(item.parts.prior, 1),
            "formal": round(item.parts.formal, 1),
        }
        for item in found.items
    ]
    columns = (
        ("rank", _("Rank")),
        ("name", _("Name")),
        ("job", _("Job")),
        ("score", _("Influence")),
        ("share", _("Share")),
        ("own", _("The own seat")),
        ("formal", _("By the chart alone")),
    )
    return Table(_("People"), columns, people)


def rankings(found: Ranking, names: Names, opportunity_id: str | None = None) -> View:
    """Key influencers, best first: each score as a bar, parted into the own seat and those behind."""
    sheet = Sheet(names)
    _ = sheet._
    sheet.legend = (
        ("accent", _("The own seat")),
        ("other", _("People who listen")),
        ("mark", _("Key player")),
    )
    for place, item in enumerate(found.items[:MOST]):
        y, id_ = place * STEP, item.contact_id
        tone = "mark" if item.key_player else "soft"
        sheet.mark("box", id_, Box(0, y - 15, 44, y + 15), tone, [f"#{item.rank}"], align="middle")
        _head(sheet, id_, y, id_)
        sheet.bar(f"{id_}:all", _BAR_AT, y, _BAR, item.score / 100, "other")
        own = min(item.parts.prior, item.score) / 100
        sheet.mark(
            "bar", f"{id_}:own", Box(_BAR_AT, y - 8, _BAR_AT + max(_BAR * own, 1), y + 8), "accent", value=1.0
        )
        sheet.word(f"{id_}:score", whole(item.score), _BAR_AT + _BAR + 14, y, 60, bold=True)
        if item.hidden:
            sheet.word(f"{id_}:hidden", _("Hidden influencer"), _BAR_AT + _BAR + 70, y, 220, size=14.0)
    ties = [
        {
            "from": names.contact(source.contact_id),
            "to": names.contact(item.contact_id),
            "points": round(source.points, 1),
        }
        for item in found.items[:MOST]
        for source in item.parts.sources
    ]
    return sheet.view(
        ViewName.RANKINGS,
        found.provenance,
        people=_ranked(found, names),
        ties=Table(
            _("Who listens to whom"), (("from", _("Listens")), ("to", _("To")), ("points", _("Points"))), ties
        ),
        said=[_.many("{count} person", "{count} people", len(found.items))],
        opportunity_id=opportunity_id,
    )


def _firms(found: Threats, names: Names) -> Table:
    """Competitor by competitor."""
    _ = texts(names.lang)
    firms = {firm.competitor_id: firm.name for firm in found.competitors}
    people = [
        {
            "name": firms[firm.competitor_id],
            "points": round(firm.points, 1),
            "leads": firm.leads,
            "contested": firm.contested,
        }
        for firm in found.competitors
    ]
    return Table(
        _("Competitors"),
        (
            ("name", _("Name")),
            ("points", _("Points")),
            ("leads", _("Leads with")),
            ("contested", _("Contested")),
        ),
        people,
    )


def _rival_ties(rows: Sequence[Row], names: Names) -> Table:
    """Every tie of theirs against ours."""
    _ = texts(names.lang)
    return Table(
        _("Ties"),
        (
            ("rank", _("Rank")),
            ("name", _("Name")),
            ("firm", _("Competitor")),
            ("rival", _("Competitor's rep")),
            ("theirs", _("Theirs")),
            ("ours", _("Ours")),
            ("points", _("Points")),
        ),
        rows,
    )


def threats(found: Threats, names: Names, opportunity_id: str | None = None) -> View:
    """Competitors' ties against ours, the worst first: two bars to each."""
    sheet = Sheet(names)
    _ = sheet._
    sheet.legend = (
        ("rival", _("Competitors' ties")),
        ("ours", _("Our ties")),
        ("bad", _("Decides, and they lead")),
    )
    rows = []
    for place, item in enumerate(found.items):
        firm = names.of(NodeKind.COMPETITOR, item.competitor_id)
        rows.append(
            {
                "rank": item.rank,
                "name": names.contact(item.contact_id),
                "firm": firm,
                "rival": names.rival(item.rival_id),
                "theirs": round(item.theirs),
                "ours": round(item.ours),
                "points": round(item.points, 1),
            }
        )
        if place >= MOST:
            continue
        y, id_ = place * STEP, f"{item.contact_id}:{item.rival_id}"
        tone = "bad" if item.decides and item.lead > 0 else "soft"
        sheet.mark("box", id_, Box(0, y - 15, 44, y + 15), tone, [f"#{item.rank}"], align="middle")
        _head(sheet, id_, y, item.contact_id)
        sheet.bar(f"{id_}:theirs", _BAR_AT, y - 9, _BAR, item.theirs / 100, "rival")
        sheet.bar(f"{id_}:ours", _BAR_AT, y + 9, _BAR, item.ours / 100, "ours")
        said = f"{whole(item.theirs)} : {whole(item.ours)} · {firm}"
        sheet.word(f"{id_}:said", said, _BAR_AT + _BAR + 14, y, 320)
    return sheet.view(
        ViewName.THREATS,
        found.provenance,
        people=_firms(found, names),
        ties=_rival_ties(rows, names),
        opportunity_id=opportunity_id,
    )


def _levels(found: Trust, names: Names) -> Table:
    """How warm each level is."""
    _, lang = texts(names.lang), names.lang
    levels = [
        {
            "level": label(row.level, lang),
            "people": row.people,
            "strength": round(row.strength),
            "grade": label(row.grade, lang),
        }
        for row in found.levels
    ]
    return Table(
        _("Level by level"),
        (
            ("level", _("Level")),
            ("people", _("People")),
            ("strength", _("Strength")),
            ("grade", _("Grade")),
        ),
        levels,
    )


def _terms(rows: Sequence[Row], names: Names) -> Table:
    """What each category adds."""
    _ = texts(names.lang)
    return Table(
        _("Category by category"),
        (
            ("category", _("Category")),
            ("member", _("Ours")),
            ("contact", _("Theirs")),
            ("strength", _("Strength")),
            ("weight", _("Weight")),
            ("points", _("Points")),
        ),
        rows,
    )


def trust(found: Trust, names: Names, opportunity_id: str | None = None) -> View:
    """The trust of an account as the sum of its six categories, a bar to each."""
    sheet = Sheet(names)
    _, lang = sheet._, names.lang
    sheet.legend = (
        *((f"heat{place}", label(grade, lang)) for place, grade in enumerate(type(found.grade), start=1)),
        ("bad", _("Nobody is known there")),
    )
    rows = []
    for place, term in enumerate(found.items):
        y, id_ = place * STEP * 1.2, str(term.category)
        tone = f"heat{list(type(term.grade)).index(term.grade) + 1}"
        sheet.mark(
            "box",
            id_,
            Box(0, y - 22, 330, y + 22),
            "bad" if term.gap else "soft",
            [label(term.category, lang), _("{met} of {people} met", met=term.met, people=term.people)],
        )
        sheet.bar(f"{id_}:bar", 350, y, 420, term.strength / 100, tone)
        said = f"{whole(term.strength)} × {percent(term.weight)} = {tenth(term.points)}"
        sheet.word(f"{id_}:said", said, 790, y - 9, 300, bold=True)
        pair = [
            names.member(term.member_id) if term.member_id else "",
            names.contact(term.contact_id) if term.contact_id else "",
        ]
        sheet.word(f"{id_}:pair", " – ".join(filter(None, pair)), 790, y + 11, 300, size=14.0, muted=True)
        rows.append(
            {
                "category": label(term.category, lang),
                "member": pair[0],
                "contact": pair[1],
                "strength": round(term.strength),
                "weight": percent(term.weight),
                "points": round(term.points, 1),
            }
        )
    return sheet.view(
        ViewName.TRUST,
        found.provenance,
        people=_levels(found, names),
        ties=_terms(rows, names),
        said=[_("trust {points} of 100: {grade}", points=whole(found.trust), grade=label(found.grade, lang))],
        opportunity_id=opportunity_id,
    )


_SIDE, _GAP, _DOTS = 1000.0, 5.4, 40
_CORNERS = (
    (Position.FRIEND, 0, 0),
    (Position.PARTNER, 1, 0),
    (Position.OUTSIDER, 0, 1),
    (Position.SUPPLIER, 1, 1),
)


def _by_category(found: Positions, names: Names) -> Table:
    """Where we stand with each buyer category."""
    _, lang = texts(names.lang), names.lang
    return Table(
        _("Category by category"),
        (("category", _("Category")), ("contact", _("Name")), ("position", _("Position"))),
        [
            {
                "category": label(row.category, lang),
                "position": label(row.position, lang),
                "contact": names.contact(row.contact_id) if row.contact_id else "",
            }
            for row in found.categories
        ],
    )


def positions(
    found: Positions, names: Names, met_points: float, trails: Mapping[str, Sequence[tuple[float, float]]]
) -> View:
    """Where we stand with each contact: across the institutional interest, up the personal one; trails of
    those who passed through several positions."""
    sheet = Sheet(names)
    _, lang = sheet._, names.lang
    sheet.legend = (("accent", _("A contact")), ("other", _("The way so far")))
    at = met_points / 100 * _SIDE
    for corner, right, low in _CORNERS:
        x0, x1 = (at, _SIDE) if right else (0.0, at)
        y0, y1 = (_SIDE - at, _SIDE) if low else (0.0, _SIDE - at)
        box = Box(x0 + 3, y0 + 3, x1 - 3, y1 - 3)
        sheet.mark("box", f"corner:{corner}", box, "soft", [label(corner, lang)], align="corner")
    known = [item for item in found.items if item.personal > 0 or item.institutional > 0]
    spots = moved_apart(
        [(item.institutional, 100 - item.personal) for item in known[:_DOTS]], _GAP, 2.8, 97.2
    )
    for item, (x, y) in zip(known, spots, strict=False):
        cx, cy = x / 100 * _SIDE, y / 100 * _SIDE
        sheet.mark(
            "dot",
            item.contact_id,
            Box(cx - 8, cy - 8, cx + 8, cy + 8),
            "accent",
            [names.contact(item.contact_id)],
        )
        way = trails.get(item.contact_id, ())
        if len(way) > 1:
            points = [*((x / 100 * _SIDE, y / 100 * _SIDE) for x, y in way[:-1]), (cx, cy)]
            sheet.line(
                f"trail:{item.contact_id}", (item.contact_id, item.contact_id), "other", points, arrow=True
            )
    sheet.word("across", _("Institutional interest →"), _SIDE - 240, _SIDE + 18, 240, muted=True)
    sheet.word("up", _("↑ Personal interest"), 4, -18, 240, muted=True)
    return sheet.view(
        ViewName.POSITIONS,
        found.provenance,
        people=Table(_("People"), _standing_columns(sheet), [_standing(item, names) for item in found.items]),
        ties=_by_category(found, names),
        said=[_.many("{count} person", "{count} people", len(known))],
    )


def _standing_columns(sheet: Sheet) -> Sequence[tuple[str, str]]:
    _ = sheet._
    return (
        ("name", _("Name")),
        ("position", _("Position")),
        ("personal", _("Personal interest")),
        ("institutional", _("Institutional interest")),
    )


def _standing(item: Standing, names: Names) -> dict[str, object]:
    return {
        "name": names.contact(item.contact_id),
        "position": label(item.position, names.lang),
        "personal": round(item.personal),
        "institutional": round(item.institutional),
    }
