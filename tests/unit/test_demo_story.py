"""What the demo account must show, whatever the day it is loaded on; its file is what its tables make."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from examples.make_demo import FILE, demo
from graphsvc.features.imports.on_files import graph_of_files
from graphsvc.features.imports.reader import ImportOptions, SourceFile
from models.at_hand import graph_of
from models.enums import BuyingRole, Category, ChainSource, Grade, Kind, NodeKind, Step, Window
from models.findings.chains import Chain
from models.findings.influence import Ranking
from models.findings.strength import TieStrength
from models.graph import AccountGraph
from models.records import Body
from queries.chains.best import decision_chains
from queries.chains.windows import window_of
from queries.influence.ranking import rank_influencers
from queries.people import people
from queries.strength.table import tie_strengths

ACCOUNT, LINE_1, LINE_2, PLATFORM = "jichuan", "line-1", "smart-line-2", "energy-platform"
DEALS = (LINE_1, LINE_2, PLATFORM)
THIN = ("dongbu", "huize", "jichuan-logistics", "lanshan", "xinqiao")
OURS = ("gao-yuan", "he-miao", "lin-lan", "qin-song", "sha-ou")
DECIDERS = ("chen-lixin", "liu-zhiyuan", "wang-jianguo", "zhou-min")
DAYS = (date(2024, 2, 29), date(2025, 6, 15), date(2026, 1, 1))
"""Months have other lengths and ends, a leap day, a new year: what must hold may not depend on them."""

STRENGTHS = {
    "wang-jianguo": 46,
    "chen-lixin": 78,
    "zhou-min": 35,
    "zhao-yaqin": 64,
    "li-guoqiang": 82,
    "sun-haitao": 61,
    "wu-xiaodong": 22,
    "feng-lihua": 24,
    "he-jun": 22,
    "song-jia": 71,
    "cao-wenjing": 57,
    "xu-jing": 66,
    "tom-ellery": 20,
    "helen-marsh": 58,
}

CHINESE = sorted(STRENGTHS.keys() - {"tom-ellery", "helen-marsh"})

pytestmark = pytest.mark.parametrize("today", DAYS, ids=str)
Records = list[tuple[Kind, Body]]


@cache
def loaded(today: date, account: str = ACCOUNT) -> AccountGraph:
    """One account of the file as it stands on the day it is loaded; every record of the file is checked."""
    file = SourceFile(FILE.name, FILE.read_bytes())
    return graph_of_files([file], ImportOptions(today=today), account).graph


def changed(
    graph: AccountGraph, keep: Callable[[Kind, Body], bool] | None = None, *more: object
) -> AccountGraph:
    """The account with only the records that are kept, and with more."""
    records: Records = [(kind, row) for kind, table in graph.nodes.items() for row in table.rows()]
    records += [(kind, row) for kind, table in graph.edges.items() for row in table.rows(graph.nodes)]
    kept = [(kind, body) for kind, body in records if keep is None or keep(kind, body)]
    return graph_of(ACCOUNT, [*kept, *more])  # type: ignore[list-item]


def without(graph: AccountGraph, member: str) -> AccountGraph:
    """The account after one of ours has left: nobody of ours has his ties."""
    return changed(graph, lambda kind, body: (kind, body["id"]) != (NodeKind.MEMBER, member))


def ranking(today: date, deal: str | None, step: Step | None = None, informal: bool = True) -> Ranking:
    return rank_influencers(loaded(today), on=today, opportunity_id=deal, step=step, informal=informal)


def first_three(today: date, deal: str, step: Step) -> list[str]:
    return [item.contact_id for item in ranking(today, deal, step).items[:3]]


def best_ties(today: date, graph: AccountGraph | None = None) -> dict[str, TieStrength]:
    ties = tie_strengths(graph or loaded(today), on=today, best_per_contact=True).items
    return {tie.contact_id: tie for tie in ties}


def chains_to(
    today: date, target: str, source: ChainSource = ChainSource.OURS, deal: str = PLATFORM
) -> list[Chain]:
    found = decision_chains(
        loaded(today), on=today, target_ids=(target,), source=source, opportunity_id=deal, k=3
    )
    return found.items


def test_the_file_is_what_the_script_makes(today: date) -> None:
    assert FILE.read_bytes() == demo(), "run: python -m examples.make_demo"
    assert len(FILE.read_bytes()) < 400_000
    assert not re.search(rb"(19|20)\d\d-\d\d", FILE.read_bytes()), "a date that would age"


def test_one_account_is_told_and_five_are_thin(today: date) -> None:
    graph = loaded(today)
    assert 58 <= len(graph.contacts) <= 62
    assert len(graph.nodes[NodeKind.DEPARTMENT]) == 8
    assert 350 <= len(graph.nodes[NodeKind.INTERACTION]) <= 450
    days = graph.nodes[NodeKind.INTERACTION].array("at") // 86_400
    assert 520 <= days.max() - days.min() <= 550
    assert all(4 <= len(loaded(today, account).contacts) <= 9 for account in THIN)
    documents = Counter(row["kind"] for row in json.loads(FILE.read_bytes())["nodes"])
    assert documents["account"] == 6


def test_people_can_be_named_in_both_scripts(today: date) -> None:
    contacts = loaded(today).contacts
    names = dict(zip(contacts.ids, contacts.texts("latin_name"), strict=True))
    spelt = {id_: " ".join(part.capitalize() for part in id_.split("-")) for id_ in CHINESE}
    assert {id_: names[id_] for id_ in CHINESE} == spelt
    assert names["audit-head"] == "Head of Audit"


@pytest.mark.parametrize("deal", [PLATFORM, LINE_2])
@pytest.mark.parametrize("step", [Step.BREW, Step.EVALUATE])
def test_the_chart_does_not_know_the_man_they_follow(today: date, deal: str, step: Step) -> None:
    (place,) = [item for item in ranking(today, deal, step).items if item.contact_id == "liang-wei"]
    (chart,) = [i for i in ranking(today, deal, step, informal=False).items if i.contact_id == "liang-wei"]
    assert place.hidden
    assert place.rank <= 10
    assert chart.rank > 20
    assert place.evidence[0].id in {"influences.liang-wei.wang-jianguo", "influences.liang-wei.chen-lixin"}


def test_nobody_of_ours_has_met_him(today: date) -> None:
    graph = loaded(today)
    assert "liang-wei" not in best_ties(today)
    assert not any("liang-wei" in ids for ids in graph.nodes[NodeKind.INTERACTION].texts("contact_ids"))
    chart = {item.contact_id: item.rank for item in ranking(today, None, informal=False).items}
    known = {item.contact_id: item.rank for item in ranking(today, None).items}
    assert chart["liang-wei"] > 20
    assert known["liang-wei"] <= 3


def test_each_step_has_its_own_first_three(today: date) -> None:
    discover, brew, commit = (
        first_three(today, PLATFORM, step) for step in (Step.DISCOVER, Step.BREW, Step.COMMIT)
    )
    assert discover == ["chen-lixin", "li-guoqiang", "sun-haitao"]
    assert brew[:2] == ["wang-jianguo", "liu-zhiyuan"]
    assert commit[0] == "liu-zhiyuan"
    assert commit != brew


def test_users_hold_a_third_of_discover(today: date) -> None:
    shares = {row.category: row for row in ranking(today, PLATFORM, Step.DISCOVER).by_category}
    assert shares[Category.USER].share == pytest.approx(0.35)


def test_strengths_are_those_of_the_story(today: date) -> None:
    best = best_ties(today)
    off = {id_: best[id_].strength - told for id_, told in STRENGTHS.items()}
    assert {id_: gap for id_, gap in off.items() if abs(gap) > 4} == {}
    assert best["chen-lixin"].member_id == "lin-lan"


def test_most_strength_hangs_on_one_of_us(today: date) -> None:
    ties = tie_strengths(loaded(today), on=today).items
    hers = sum(tie.strength for tie in ties if tie.member_id == "lin-lan")
    assert hers / sum(tie.strength for tie in ties) == pytest.approx(0.61, abs=0.03)


def test_a_department_hangs_on_her_alone(today: date) -> None:
    graph = loaded(today)
    units, seats = graph.nodes[NodeKind.DEPARTMENT], people(graph.on(today)).department
    who: dict[str, set[str]] = {}
    for tie in tie_strengths(graph, on=today).items:
        seat = int(seats[graph.contacts.position[tie.contact_id]])
        if seat >= 0:
            who.setdefault(units.ids[seat], set()).add(tie.member_id)
    alone = {unit for unit, members in who.items() if members == {"lin-lan"}}
    assert alone == {"jichuan-production", "jichuan-quality"}


def test_the_research_director_is_deep_but_cooling(today: date) -> None:
    tie = best_ties(today)["zheng-hong"]
    assert tie.grade in (Grade.FAMILIAR, Grade.TRUSTED)
    assert 50 <= tie.strength <= 60
    assert tie.cooling
    assert tie.strength - tie.trend.d90 >= 70
    assert tie.last_contact == today - timedelta(days=183)
    others = [tie for tie in tie_strengths(loaded(today), on=today).items if tie.cooling]
    assert [tie.contact_id for tie in others] == ["zheng-hong"]


def test_one_call_warms_her(today: date) -> None:
    call = {
        "id": "call",
        "account_id": ACCOUNT,
        "at": f"{today}T08:00:00Z",
        "kind": "call",
        "direction": "ours",
        "sentiment": 0,
        "member_ids": ["lin-lan"],
        "contact_ids": ["zheng-hong"],
    }
    warmed = best_ties(today, changed(loaded(today), None, (NodeKind.INTERACTION, call)))["zheng-hong"]
    assert warmed.strength - best_ties(today)["zheng-hong"].strength == pytest.approx(8, abs=2.5)


def test_twelve_sour_meetings_make_no_friend(today: date) -> None:
    tie = best_ties(today)["liu-zhiyuan"]
    table = loaded(today).nodes[NodeKind.INTERACTION]
    met = [
        kind
        for kind, ids in zip(table.array("kind"), table.texts("contact_ids"), strict=True)
        if "liu-zhiyuan" in ids
    ]
    assert len(met) == 12
    assert tie.strength > 50
    assert tie.liking == pytest.approx(-0.6, abs=0.05)
    assert tie.grade is Grade.FAMILIAR
    assert tie.hostile


def test_the_way_to_the_finance_director(today: date) -> None:
    found = chains_to(today, "liu-zhiyuan")
    assert found[0].path == ["lin-lan", "chen-lixin", "wang-jianguo", "liu-zhiyuan"]
    assert found[0].weakest == ["knows.lin-lan.chen-lixin"]
    assert any(not chain.blockers for chain in found)
    direct = best_ties(today)["liu-zhiyuan"].strength / 100 * 0.1
    assert direct < found[-1].probability / 5


@pytest.mark.parametrize("deal", DEALS)
def test_no_best_chain_uses_who_is_against_or_not_heard(today: date, deal: str) -> None:
    graph = loaded(today)
    targets = [id_ for id_ in graph.contacts.ids if id_ not in ("song-jia", "xu-jing")]
    roles = people(graph.on(today), deal).roles
    signs = {BuyingRole.APPROVER, BuyingRole.DECISION_MAKER}
    deciding = [id_ for id_ in targets if id_ in DECIDERS or signs & roles[graph.contacts.position[id_]]]
    found = decision_chains(graph, on=today, target_ids=deciding, opportunity_id=deal, k=1)
    assert {chain.target_id for chain in found.items} == set(deciding)
    for chain in found.items:
        assert chain.path[1] != "song-jia"
        assert chain.entry_point != "song-jia"
        assert not {"liu-zhiyuan", "wu-xiaodong"} & set(chain.path[1:-1])


def test_the_competitor_goes_another_way(today: date) -> None:
    found = chains_to(today, "liu-zhiyuan", ChainSource.COMPETITOR)
    assert found[0].path == ["bai-qiming", "zhou-min", "liu-zhiyuan"]


def test_her_leaving_costs_most_on_the_way_to_the_decider_of_line_two(today: date) -> None:
    def best(graph: AccountGraph, target: str) -> Chain:
        return decision_chains(graph, on=today, target_ids=(target,), opportunity_id=LINE_2, k=1).items[0]

    whole = loaded(today)
    lost = {m: best(whole, "chen-lixin").reach - best(without(whole, m), "chen-lixin").reach for m in OURS}
    assert max(lost, key=lambda member: lost[member]) == "lin-lan"
    left = without(whole, "lin-lan")
    drop = {id_: best(whole, id_).probability - best(left, id_).probability for id_ in DECIDERS}
    assert max(drop, key=lambda target: drop[target]) == "chen-lixin"
    assert drop["chen-lixin"] > 0.25


def test_both_windows_are_open_and_each_by_itself(today: date) -> None:
    graph = loaded(today)
    accepted = changed(graph, lambda kind, body: (kind, body["id"]) != (NodeKind.OPPORTUNITY, LINE_1))
    assert window_of(graph, PLATFORM, Step.BREW, today)[0] is Window.OPEN
    assert window_of(graph, PLATFORM, Step.DESIGN, today)[0] is Window.OPEN, "the first phase is at install"
    assert window_of(accepted, PLATFORM, Step.BREW, today)[0] is Window.OPEN, "the platform is at brew"
    assert window_of(accepted, PLATFORM, Step.DESIGN, today)[0] is Window.SHUT


def test_one_man_alone_could_say_no(today: date) -> None:
    graph = loaded(today)
    signs = {BuyingRole.APPROVER, BuyingRole.DECISION_MAKER}
    for deal in (LINE_2, PLATFORM):
        who = people(graph.on(today), deal)
        against = [
            id_
            for place, id_ in enumerate(graph.contacts.ids)
            if who.attitude[place] < 0 and signs & who.roles[place]
        ]
        assert against == ["liu-zhiyuan"]


def test_about_a_third_keep_their_opinion_to_themselves(today: date) -> None:
    who = people(loaded(today).on(today))
    unknown = [
        place
        for place, played in enumerate(who.roles)
        if played and who.attitude[place] != who.attitude[place]
    ]
    assert len(unknown) / who.in_centre.sum() == pytest.approx(1 / 3, abs=0.08)


@pytest.mark.parametrize(
    "names", [["people.csv", "ties.csv"], ["people.csv", "messages.csv"], ["messages.csv"]], ids=" ".join
)
def test_the_sample_files_can_be_read(today: date, names: list[str]) -> None:
    folder = Path(FILE).parent
    files = [SourceFile(name, (folder / name).read_bytes()) for name in names]
    graph = graph_of_files(files, ImportOptions(today=today)).graph
    assert len(graph.contacts) == 10
    assert rank_influencers(graph, on=today).items[0].contact_id
