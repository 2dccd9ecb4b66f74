"""What the demo account tells of products, purchases, promises and tiers, on whatever day it is loaded."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta

import pytest

from examples.make_demo import FILE
from models.enums import EdgeKind, Kind, NodeKind
from models.records import Body
from queries.portfolio.tiers import Sales, suggested_tiers
from tests.unit.test_demo_story import ACCOUNT, DAYS, LINE_1, LINE_2, PLATFORM, THIN, loaded

pytestmark = pytest.mark.parametrize("today", DAYS, ids=str)


def told(kind: Kind) -> list[Body]:
    """The records of a kind as the file has them: dates are relative to the day of loading."""
    rows = json.loads(FILE.read_bytes())
    return [row for part in ("nodes", "edges") for row in rows[part] if row["kind"] == kind]


def test_what_the_competitor_installed_does_not_please(today: date) -> None:
    graph = loaded(today)
    (row,) = [row for row in graph.edges[EdgeKind.USES].rows(graph.nodes) if row["source_id"] == "jichuan-it"]
    product = graph.nodes[NodeKind.PRODUCT]
    maker = product.texts("competitor_id")[product.position[row["target_id"]]]
    assert (maker, row["source_kind"], row["satisfaction"]) == ("brightvane", "department", 2)
    assert 2.9 < (today - date.fromisoformat(row["since"])).days / 365.25 < 3.5


def test_one_promise_is_nine_days_overdue(today: date) -> None:
    actions = list(loaded(today).nodes[NodeKind.ACTION].rows())
    late = [
        row
        for row in actions
        if row["kind"] == "promise" and row["due"] < str(today) and "done_on" not in row
    ]
    assert [(row["id"], row["member_id"]) for row in late] == [("spares-list", "lin-lan")]
    assert late[0]["due"] == str(today - timedelta(days=9))


def test_sales_suggest_the_tiers_that_are_in_force(today: date) -> None:
    rows = {row["id"]: row for row in told(NodeKind.ACCOUNT)}
    sales = [Sales(id_, row["annual_volume"], row["currency"]) for id_, row in rows.items()]
    suggested = {id_: found.tier for id_, found in suggested_tiers(sales).items()}
    assert suggested == {id_: row.get("tier") for id_, row in rows.items()}
    assert [suggested[id_] for id_ in (ACCOUNT, "xinqiao", "huize", "dongbu")] == ["A", "A", "B", "C"]
    team = {(row["target_id"], row["role"]) for row in told(EdgeKind.SERVES)}
    assert {(id_, role) for id_ in (ACCOUNT, "xinqiao") for role in ("owner", "sponsor")} <= team


def test_the_first_phase_is_accepted_in_eighteen_days(today: date) -> None:
    due = {row["id"]: row["due"] for row in loaded(today).nodes[NodeKind.ACTION].rows()}
    assert due["acceptance"] == str(today + timedelta(days=18))
    deals = {row["id"]: row for row in told(NodeKind.OPPORTUNITY)}
    *done, acceptance = deals[LINE_1]["milestones"]
    stages = [milestone["stage"] for milestone in done if "reached_on" in milestone]
    assert stages == ["develop", "qualify", "propose", "bid", "negotiate"], "all but acceptance"
    assert (acceptance["stage"], acceptance["planned_on"]) == ("deliver", "today+18d")
    assert (deals[LINE_1]["step"], deals[LINE_1]["status"]) == ("install", "won")


def test_the_criteria_of_line_two_are_ours_theirs_and_the_competitors(today: date) -> None:
    (deal,) = [row for row in told(NodeKind.OPPORTUNITY) if row["id"] == LINE_2]
    assert Counter(row["origin"] for row in deal["criteria"]) == {"ours": 3, "competitor": 2, "theirs": 2}
    assert deal["tender_issued_on"] == "today-21d"


def test_the_four_questions_and_swot_are_filled_for_the_first_competitor(today: date) -> None:
    words = ("their_features", "our_features", "our_advantages", "their_disadvantages", "chances", "threats")
    rows = [row for row in told(EdgeKind.COMPETES_IN) if row["source_id"] == "brightvane"]
    assert {row["target_id"] for row in rows} == {LINE_2, PLATFORM}
    assert all(row.get(word) for row in rows for word in words)
    (firm,) = [row for row in told(NodeKind.COMPETITOR) if row["id"] == "brightvane"]
    assert firm["strengths"]
    assert firm["weaknesses"]


def test_one_complaint_is_open_for_forty_days_under_her_name(today: date) -> None:
    rows = [row for row in told(NodeKind.INTERACTION) if row["interaction_kind"] == "complaint"]
    (still,) = [row for row in rows if "resolved_on" not in row]
    assert (still["contact_ids"], still["at"][:10]) == (["cao-wenjing"], "today-40dT"[:10])
    assert len(rows) == 3


def test_the_general_manager_is_soon_in_the_city_of_our_sponsor(today: date) -> None:
    dossiers = {row["contact_id"]: row for row in told(NodeKind.DOSSIER)}
    (journey,) = dossiers["wang-jianguo"]["itinerary"]
    members = loaded(today).nodes[NodeKind.MEMBER]
    assert journey["city"] == members.texts("city")[members.position["qin-song"]]
    assert "today+5d" <= journey["since"] <= journey["until"] <= "today+9d"
    assert "话剧" in dossiers["wang-jianguo"]["hobbies"][0]["text"]


def test_the_accounts_trade_with_each_other(today: date) -> None:
    ways = {(row["source_id"], row["channel_kind"], row["target_id"]) for row in told(EdgeKind.CHANNEL)}
    assert ("jichuan", "owns", "jichuan-logistics") in ways
    assert ("huize", "supplies", "jichuan-logistics") in ways
    assert {id_ for source, _, target in ways for id_ in (source, target)} == {ACCOUNT, *THIN} - {"xinqiao"}
