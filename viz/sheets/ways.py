"""Answers told as ways: decision chains from person to person, channels from account to account."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from models.enums import ChainSource, NodeKind, ViewName
from models.findings.chains import Chain, Chains
from models.findings.channels import ChannelMap
from models.findings.views import View
from viz.figures import percent
from viz.labels import in_language, label
from viz.layout.boxes import Box
from viz.layout.channels import HEIGHT, WIDTH, lay_channels
from viz.naming import Names
from viz.sheets.sheet import Sheet, Table
from viz.texts import texts

PAIRS_TO_ONE, MOST_TARGETS, MOST_WAYS = 4, 6, 3
START = {
    ChainSource.OURS: NodeKind.MEMBER,
    ChainSource.COMPETITOR: NodeKind.RIVAL,
    ChainSource.ALL: NodeKind.CONTACT,
}
"""What kind of record a chain begins at."""
_CARD, _NEXT, _DOWN = 190.0, 290.0, 74.0


def by_target(found: Chains) -> list[tuple[str, list[Chain], int]]:
    """(target, chains of the likeliest pairs, how many more pairs there are), the likeliest target first."""
    ordered = sorted(found.items, key=lambda chain: chain.target_id)
    told = []
    for target, group in groupby(ordered, key=lambda chain: chain.target_id):
        held = list(group)
        best: dict[str, float] = {}
        for chain in held:
            best[chain.source_id] = max(best.get(chain.source_id, 0.0), chain.probability)
        starts = sorted(best, key=lambda id_: (-best[id_], id_))[:PAIRS_TO_ONE]
        kept = [chain for chain in held if chain.source_id in starts]
        kept.sort(key=lambda chain: (-chain.probability, chain.source_id, chain.rank))
        told.append((target, kept, len(best) - len(starts)))
    return sorted(told, key=lambda one: (-one[1][0].probability, one[0]))


def _blockers(found: Chains, names: Names) -> Table:
    """Who stands in the way, of how many chains."""
    _ = texts(names.lang)
    blockers = Counter(id_ for chain in found.items for id_ in chain.blockers)
    return Table(
        _("In the way"),
        (("name", _("Name")), ("job", _("Job")), ("chains", _("Chains"))),
        [
            {"name": names.contact(id_), "job": names.person(id_)["job"], "chains": count}
            for id_, count in sorted(blockers.items(), key=lambda row: (-row[1], row[0]))
        ],
    )


def chains(
    found: Chains, names: Names, source: ChainSource = ChainSource.OURS, opportunity_id: str | None = None
) -> View:
    """The best ways to who decides, person by person; weakest links and those who stand in the way in red."""
    sheet = Sheet(names)
    _ = sheet._
    start = START[source]
    tone = {NodeKind.MEMBER: "ours", NodeKind.RIVAL: "rival"}.get(start, "soft")
    sheet.legend = (
        (tone, _("Who starts")),
        ("accent", _("Who is to be reached")),
        ("bad", _("Weakest link, or in the way")),
    )
    y = 0.0
    for target, ways, _more in by_target(found)[:MOST_TARGETS]:
        said = _("To {name}: {reach} by all ways", name=names.contact(target), reach=percent(ways[0].reach))
        sheet.word(f"to:{target}", said, 0, y, 700, bold=True, size=20.0)
        y += 50
        for chain in ways[:MOST_WAYS]:
            _way(sheet, chain, names.of(start, chain.source_id), tone, y)
            y += _DOWN
        y += 10
    rows = [
        {
            "to_reach": names.contact(chain.target_id),
            "rank": chain.rank,
            "probability": percent(chain.probability),
            "reach": percent(chain.reach),
            "weakest": _.separator.join(_ends(chain, names, start)),
            "path": " → ".join([names.of(start, chain.source_id), *map(names.contact, chain.path[1:])]),
        }
        for chain in found.items
    ]
    return sheet.view(
        ViewName.CHAINS,
        found.provenance,
        people=_blockers(found, names),
        ties=Table(
            _("Chains"),
            (
                ("to_reach", _("To")),
                ("rank", _("Rank")),
                ("probability", _("Probability")),
                ("reach", _("Reach")),
                ("path", _("Path")),
                ("weakest", _("Weakest link")),
            ),
            rows,
        ),
        opportunity_id=opportunity_id,
    )


def _ends(chain: Chain, names: Names, start: NodeKind) -> list[str]:
    """The weakest links of a chain in words."""
    said = []
    for step in chain.steps:
        if step.edge_id in chain.weakest:
            kind = start if step.source_id == chain.source_id else NodeKind.CONTACT
            said.append(f"{names.of(kind, step.source_id)} → {names.contact(step.target_id)}")
    return said


def _way(sheet: Sheet, chain: Chain, begins: str, tone: str, y: float) -> None:
    names = sheet.names
    row = f"{chain.target_id}|{chain.source_id}|{chain.rank}"
    sheet.mark("box", f"{row}|0", Box(0, y - 24, _CARD, y + 24), tone, [begins])
    for place, step in enumerate(chain.steps, start=1):
        x, id_ = place * _NEXT, step.target_id
        look = "bad" if id_ in chain.blockers else "accent" if id_ == chain.target_id else "soft"
        said = [names.contact(id_), names.person(id_)["job"] or ""]
        sheet.mark("box", f"{row}|{place}", Box(x, y - 24, x + _CARD, y + 24), look, said)
        weak = step.edge_id in chain.weakest
        sheet.line(
            f"{row}>{place}",
            (f"{row}|{place - 1}", f"{row}|{place}"),
            "bad" if weak else "other",
            [(x - _NEXT + _CARD, y), (x, y)],
            arrow=True,
            label=percent(step.probability),
        )
    sheet.word(
        f"{row}|all", percent(chain.probability), len(chain.steps) * _NEXT + _CARD + 16, y, 80, bold=True
    )


def _accounts(found: ChannelMap, names: Names) -> Table:
    """The accounts and what they do."""
    _, lang = texts(names.lang), names.lang
    return Table(
        _("Accounts"),
        (("name", _("Name")), ("role", _("Role"))),
        [
            {"name": in_language(stop.name, lang), "role": label(stop.role or stop.status, lang)}
            for stop in found.accounts
        ],
    )


def channel_map(found: ChannelMap, names: Names) -> View:
    """How goods pass from account to account, the one it is asked of marked."""
    sheet = Sheet(names)
    _, lang = sheet._, names.lang
    sheet.legend = (
        ("mark", _("This account")),
        ("other", _("Goods pass")),
        ("soft", _("No goods pass, or an account")),
        ("bad", _("against the order of roles")),
    )
    ends = [(step.source_id, step.target_id) for step in found.items]
    drawing = lay_channels({stop.account_id: stop.depth for stop in found.accounts}, ends)
    stops = {stop.account_id: stop for stop in found.accounts}
    for id_, (x, y) in drawing.places.items():
        stop = stops[id_]
        tone = "mark" if id_ == names.graph.account_id else "soft"
        said = [in_language(stop.name, lang), label(stop.role or stop.status, lang)]
        sheet.mark("box", id_, Box(x, y, x + WIDTH, y + HEIGHT), tone, said)
    rows = []
    for step, bow in zip(found.items, drawing.lines, strict=True):
        share = "" if step.share is None else percent(step.share)
        tone = "bad" if step.against else "other" if step.goods else "soft"
        p = bow.points
        sheet.line(
            step.edge_id,
            (step.source_id, step.target_id),
            tone,
            [(p[0], p[1]), (p[2], p[3]), (p[4], p[5]), (p[6], p[7])],
            curve=True,
            arrow=True,
            label=f"{label(step.kind, lang)} {share}".strip(),
            label_at=list(bow.label),
        )
        rows.append(
            {
                "from": in_language(stops[step.source_id].name, lang),
                "kind": label(step.kind, lang),
                "to": in_language(stops[step.target_id].name, lang),
                "share": share,
            }
        )
    return sheet.view(
        ViewName.CHANNEL_MAP,
        found.provenance,
        people=_accounts(found, names),
        ties=Table(
            _("Links between accounts"),
            (("from", _("From")), ("kind", _("Relation")), ("to", _("To")), ("share", _("Share"))),
            rows,
        ),
    )
