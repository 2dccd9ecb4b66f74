"""Probable bosses: small organisations by hand, and what must be true of all of them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.at_hand import graph_of
from models.bosses import BossSign
from models.enums import ContactStatus, EdgeKind, Function, Level, NodeKind
from models.faults import Code, InvalidInput
from models.findings.bosses import BossGuess, Bossless, ProbableBosses
from queries.bosses.finding import probable_bosses
from queries.rules import DEFAULT_RULES, Rules
from tests.deals import TODAY, Deal

RULES = DEFAULT_RULES.bosses


def shop() -> Deal:
    """Cem heads the shop; Bo reports to him, Ana's boss is not known; Dee sits on the board."""
    made = Deal().contact("dee", Level.DECISION, Function.EXECUTIVE)
    made.contact("cem", Level.MANAGEMENT, Function.USER)
    made.contact("ana", Level.OPERATIONAL, Function.USER).contact("bo", Level.OPERATIONAL, Function.USER)
    return made.reports("bo", "cem")


def asked(made: Deal, **more: Any) -> ProbableBosses:
    return probable_bosses(made.graph(), **{"on": TODAY, **more})


def about(made: Deal, whom: str, **more: Any) -> Bossless:
    (found,) = [item for item in asked(made, **more).items if item.contact_id == whom]
    return found


def guess(made: Deal, whom: str, boss: str | None, **more: Any) -> BossGuess:
    (found,) = [each for each in about(made, whom, **more).guesses if each.contact_id == boss]
    return found


def lines(found: ProbableBosses) -> list[tuple[str, str]]:
    changes = found.proposal.changes if found.proposal else []
    return [(change.record.source_id, change.record.target_id) for change in changes]


def rules(**more: Any) -> Rules:
    return DEFAULT_RULES.model_copy(update={"bosses": RULES.model_copy(update=more)})


def test_the_boss_of_the_colleagues_is_first_by_the_product_of_his_factors() -> None:
    found = about(shop(), "ana")
    boss, above, nobody = found.guesses
    assert [(ground.sign, ground.factor, ground.number, ground.of) for ground in boss.grounds] == [
        (BossSign.OWN_UNIT, 6, None, None),
        (BossSign.LEVEL, 4, 1, None),
        (BossSign.HEAD, 2, None, None),
        (BossSign.LEADS, 2, 1, None),
        (BossSign.PEERS, 1 + 30 * 1 / 2, 1, 1),
    ]
    assert boss.odds == 6 * 4 * 2 * 2 * 16
    assert [(ground.sign, ground.factor) for ground in above.grounds] == [
        (BossSign.UNIT_ABOVE, 3), (BossSign.LEVEL, 1),
    ]  # fmt: skip
    assert [(ground.sign, ground.factor) for ground in nobody.grounds] == [(BossSign.OWN_LEVEL, 0.02)]
    total = boss.odds + above.odds + nobody.odds + 0.5
    assert (found.boss_id, found.boss_name) == ("cem", "Cem")
    assert [each.share for each in found.guesses] == [
        pytest.approx(each.odds / total) for each in (boss, above, nobody)
    ]
    assert found.share == boss.share
    assert found.others == pytest.approx(0.5 / total)


def test_each_reason_names_the_records_it_rests_on() -> None:
    grounds = {ground.sign: ground for ground in guess(shop(), "ana", "cem").grounds}
    assert [(line.kind, line.id) for line in grounds[BossSign.OWN_UNIT].evidence] == [
        ("works_in", "works_in-cem-dept-user")
    ]
    assert [(line.kind, line.id) for line in grounds[BossSign.PEERS].evidence] == [
        ("reports_to", "reports_to-bo-cem")
    ]


def test_who_leads_everybody_has_probably_nobody_above() -> None:
    made = shop().reports("ana", "cem").reports("cem", "dee")
    found = about(made, "dee")
    (nobody,) = found.guesses
    assert (nobody.contact_id, found.boss_id, found.below) == (None, None, 3)
    assert nobody.odds == 1 * (1 + 20 * 3 / 3)
    assert found.share == pytest.approx(21 / 21.5)
    assert asked(made).placed == 3
    assert lines(asked(made)) == []


def test_who_heads_the_department_reports_to_those_above() -> None:
    found = about(shop(), "cem")
    assert [each.contact_id for each in found.guesses] == ["dee", None]
    assert found.guesses[0].odds == 3 * 4
    assert found.guesses[1].odds == pytest.approx(0.2 * (1 + 20 * 1 / 3))


def test_peers_beside_count_where_their_boss_sits_above() -> None:
    made = shop().contact("eve", Level.DECISION, Function.EXECUTIVE)
    made.contact("fin", Level.MANAGEMENT, Function.FINANCE).reports("fin", "eve")
    grounds = guess(made, "cem", "eve").grounds
    assert [ground.sign for ground in grounds] == [
        BossSign.UNIT_ABOVE, BossSign.LEVEL, BossSign.LEADS, BossSign.SIBLINGS,
    ]  # fmt: skip
    assert (grounds[-1].factor, grounds[-1].number, grounds[-1].of) == (1 + 6 / 2, 1, 1)
    assert about(made, "cem").boss_id == "eve"


def test_who_answers_for_the_function_of_a_department_is_likelier() -> None:
    made = shop().contact("eve").edge(EdgeKind.WORKS_IN, "eve", "dept-executive", level=Level.DECISION, function=Function.USER)  # noqa: E501  # fmt: skip
    assert BossSign.FUNCTION in [ground.sign for ground in guess(made, "cem", "eve").grounds]
    assert guess(made, "cem", "eve").odds == 2 * guess(made, "cem", "dee").odds


def test_further_up_counts_less() -> None:
    made = (
        Deal().department("firm").department("plant", parent_id="firm").department("shop", parent_id="plant")
    )
    for id_, unit, level in (
        ("a", "shop", "management"),
        ("b", "plant", "decision"),
        ("c", "firm", "decision"),
    ):
        made.contact(id_).edge(EdgeKind.WORKS_IN, id_, unit, level=level)
    assert guess(made, "a", "b").odds == 3 * 4
    assert guess(made, "a", "c").odds == pytest.approx(3 * 0.3 * 4)


def test_what_is_between_two_speaks_for_a_boss_wherever_he_sits() -> None:
    made = Deal().member("mia").contact("ana").contact("bo").contact("cy").contact("di").contact("ed")
    made.reports("ana", "bo", line="dotted").influences("cy", "ana", 0.5, confidence=1.0)
    made.messages("ana", "di", 6).messages("di", "ana", 3).messages("bo", "ana", 3)
    for place, day in enumerate(("2025-06-01", "2025-06-02", "2025-06-16", "2020-01-01")):
        body = {"at": f"{day}T09:00:00Z", "kind": "meeting", "member_ids": ["mia"]}
        made._node(NodeKind.INTERACTION, f"v{place}", **body, contact_ids=["ana", *(["ed"] if place else [])])
    found = {each.contact_id: each for each in about(made, "ana", k=9).guesses}
    assert [(ground.sign, ground.factor) for ground in found["bo"].grounds] == [
        (BossSign.DOTTED, 3), (BossSign.MESSAGES, 1 + 3 * 3 / 12),
    ]  # fmt: skip
    assert [(ground.sign, ground.factor) for ground in found["cy"].grounds] == [(BossSign.SWAYS, 1 + 4 * 0.5)]
    assert [(g.sign, g.factor, g.number, g.of) for g in found["di"].grounds] == [
        (BossSign.MESSAGES, 1 + 3 * 9 / 12, 9, 12)
    ]
    (met,) = found["ed"].grounds
    assert (met.sign, met.number, met.of) == (BossSign.MEETINGS, 1, 2)
    assert met.factor == pytest.approx(1 + 2 * 1 / 3)


def test_meetings_of_many_say_nothing() -> None:
    made = Deal().contact("ana")
    crowd = [f"p{place}" for place in range(RULES.meeting_people)]
    for id_ in crowd:
        made.contact(id_)
    body = {"at": "2025-06-01T09:00:00Z", "kind": "event"}
    made._node(NodeKind.INTERACTION, "all", **body, contact_ids=["ana", *crowd])
    assert [each.contact_id for each in about(made, "ana").guesses] == [None]
    made._node(NodeKind.INTERACTION, "few", **body, contact_ids=["ana", *crowd[:-1]])
    assert len(about(made, "ana", k=20).guesses) == RULES.meeting_people


def test_of_whom_nothing_is_known_nothing_is_guessed() -> None:
    found = about(Deal().contact("ana").contact("bo"), "ana")
    assert [each.contact_id for each in found.guesses] == [None]
    assert found.boss_id is None
    assert [found.share, found.others] == [pytest.approx(0.2 / 0.7), pytest.approx(0.5 / 0.7)]
    assert asked(Deal()).items == []


@pytest.mark.parametrize("fields", [{"status": ContactStatus.LEFT}, {"restricted": True}])
@pytest.mark.parametrize("whom", ["ana", "cem"])
def test_who_left_or_is_restricted_is_neither_told_nor_guessed(fields: dict[str, Any], whom: str) -> None:
    made = shop()
    place = next(row for row, (_, body) in enumerate(made.records) if body["id"] == whom)
    kind, body = made.records[place]
    made.records[place] = (kind, {**body, **fields})
    found = asked(made)
    assert [item.contact_id for item in found.items] == [one for one in ("cem", "ana", "dee") if one != whom]
    assert whom not in [each.contact_id for item in found.items for each in item.guesses]
    evidence = [line.id for item in found.items for each in item.guesses for g in each.grounds for line in g.evidence]  # noqa: E501  # fmt: skip
    assert not [id_ for id_ in evidence if whom in id_]
    assert whom not in [end for line in lines(found) for end in line]


def test_who_is_below_is_never_above_even_over_the_hidden_and_by_later_lines() -> None:
    made = shop().contact("shy", restricted=True).reports("dee", "shy").reports("shy", "ana")
    assert "dee" not in [each.contact_id for each in about(made, "ana").guesses]
    later = shop().reports("cem", "ana", since=TODAY + timedelta(days=9))
    assert "cem" not in [each.contact_id for each in about(later, "ana").guesses]


def test_a_proposed_line_holds_from_the_day_until_the_next_one_begins() -> None:
    soon = TODAY + timedelta(days=30)
    made = shop().reports("ana", "dee", since=soon)
    found = asked(made).proposal
    assert found is not None
    (record,) = [each.record for each in found.changes if each.record.source_id == "ana"]
    assert (record.target_id, record.since, record.until, record.line) == ("cem", TODAY, soon, "solid")
    assert record.confidence == about(made, "ana").share
    past = shop().reports("ana", "dee", until=TODAY)
    assert about(past, "ana").boss_id == "cem"


def test_of_first_guesses_that_close_a_circle_the_surest_is_proposed() -> None:
    made = Deal().contact("ana").contact("bo")
    made.reports("ana", "bo", line="dotted").reports("bo", "ana", line="dotted").influences("bo", "ana", 1.0)
    found = asked(made)
    assert [(item.contact_id, item.boss_id) for item in found.items] == [("ana", "bo"), ("bo", "ana")]
    assert (lines(found), found.circular) == ([("ana", "bo")], 1)


def test_only_sure_guesses_are_proposed_and_no_more_than_the_most() -> None:
    assert lines(asked(shop())) == [("ana", "cem"), ("cem", "dee")]
    assert lines(asked(shop(), rules=rules(propose=0.99))) == [("ana", "cem")]
    assert lines(asked(shop(), rules=rules(most_proposed=1))) == [("ana", "cem")]
    assert asked(shop(), rules=rules(most_proposed=0)).proposal is None


def test_k_people_are_named_and_nobody_at_its_place() -> None:
    found = about(shop(), "ana", k=1)
    assert [each.contact_id for each in found.guesses] == ["cem", None]
    assert found.others == pytest.approx(1 - sum(each.share for each in found.guesses))
    for k in (0, 21):
        with pytest.raises(InvalidInput) as refused:
            asked(shop(), k=k)
        assert [(fault.code, fault.pointer) for fault in refused.value.faults] == [(Code.OUT_OF_RANGE, "/k")]


def test_the_answer_says_what_it_was_made_from_and_speaks_both_languages() -> None:
    made = asked(shop(), k=2).provenance
    assert (made.algorithm, made.on, made.parameters) == ("bosses", TODAY, {"k": 2, "contact_id": None})
    assert made.rules_version == DEFAULT_RULES.version
    said = [asked(shop(), lang=lang).proposal for lang in ("en", "zh")]
    assert [each.reason for each in said if each] == ["Probable bosses, confirmed", "推测的上级，已确认"]


@pytest.mark.parametrize(
    ("name", "boss"), [("own_unit", "cem"), ("peers", "cem"), ("dotted", "dee"), ("messages", "dee")]
)
def test_a_reason_that_weighs_more_makes_whom_it_speaks_for_likelier(name: str, boss: str) -> None:
    made = shop().reports("ana", "dee", line="dotted").messages("ana", "dee", 3)
    before, after = (
        guess(made, "ana", boss, rules=rules(**{name: getattr(RULES, name) * by})) for by in (1, 2)
    )
    assert name in [ground.sign for ground in before.grounds]
    assert after.share > before.share


LEVELS = st.sampled_from([None, *Level])
UNITS = st.sampled_from([Function.EXECUTIVE, Function.USER, Function.FINANCE])


@st.composite
def organisations(draw: st.DrawFn) -> Deal:
    """Up to nine people with any seats, some left or restricted, some lines and other ties among them."""
    made, size = Deal(), draw(st.integers(1, 9))
    ids = [f"p{place}" for place in range(size)]
    for id_ in ids:
        state: dict[str, Any] = draw(st.sampled_from([{}, {}, {}, {"status": "left"}, {"restricted": True}]))
        level = draw(LEVELS)
        made.contact(id_, level, None if level is None else draw(UNITS), **state)
    for place, id_ in enumerate(ids[1:], start=1):
        if draw(st.booleans()):
            since = draw(st.sampled_from([None, TODAY, TODAY + timedelta(days=5)]))
            made.reports(id_, ids[draw(st.integers(0, place - 1))], since=since)
    pairs = st.sampled_from(list(permutations(ids, 2)))
    if size > 1:
        for place, (one, other) in enumerate(draw(st.lists(pairs, max_size=8))):
            match draw(st.integers(0, 3)):
                case 0:
                    made.influences(one, other, draw(st.sampled_from([None, 0.2, 1.0])), id=f"i{place}")
                case 1:
                    made.messages(one, other, draw(st.integers(0, 9)), id=f"m{place}")
                case 2:
                    made.reports(one, other, line="dotted", id=f"d{place}")
                case _:
                    body = {"at": "2025-06-01T09:00:00Z", "kind": "visit", "contact_ids": [one, other]}
                    made._node(NodeKind.INTERACTION, f"v{place}", **body)
    return made


@given(organisations())
def test_no_guess_alone_and_not_the_proposal_as_a_whole_closes_a_circle(made: Deal) -> None:
    known: nx.DiGraph[str] = nx.DiGraph(
        (body["source_id"], body["target_id"])
        for kind, body in made.records
        if kind is EdgeKind.REPORTS_TO and body["line"] == "solid"
    )
    found = asked(made, rules=rules(propose=0), k=20)
    for item in found.items:
        for each in item.guesses:
            if each.contact_id is not None:
                assert each.contact_id != item.contact_id
                one: nx.DiGraph[str] = nx.DiGraph([*known.edges, (item.contact_id, each.contact_id)])
                assert nx.is_directed_acyclic_graph(one)
    assert nx.is_directed_acyclic_graph(nx.DiGraph([*known.edges, *lines(found)]))
    people = sum(item.boss_id is not None for item in found.items)
    assert len(lines(found)) + found.circular == people


@given(organisations(), st.integers(1, 20))
def test_shares_are_parts_of_one(made: Deal, k: int) -> None:
    for item in asked(made, k=k).items:
        assert sum(each.share for each in item.guesses) + item.others == pytest.approx(1)
        assert all(0 < each.share <= 1 for each in item.guesses)
        shares = [each.share for each in item.guesses]
        assert shares == sorted(shares, reverse=True)
        assert (item.boss_id, item.share) == (item.guesses[0].contact_id, item.guesses[0].share)
        for each in item.guesses:
            product = 1.0
            for ground in each.grounds:
                product *= ground.factor
            assert each.odds == pytest.approx(product)


@given(organisations(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_no_byte(made: Deal, order: random.Random) -> None:
    mixed = list(made.records)
    order.shuffle(mixed)
    here, there = (probable_bosses(graph_of("acme", records), on=TODAY) for records in (made.records, mixed))
    assert here.model_dump_json() == there.model_dump_json()


@given(organisations())
def test_everybody_told_without_a_line_is_asked_about_and_nobody_else(made: Deal) -> None:
    bodies = {kind: [body for of, body in made.records if of is kind] for kind in (NodeKind.CONTACT, EdgeKind.REPORTS_TO)}  # noqa: E501  # fmt: skip
    told = {
        body["id"]
        for body in bodies[NodeKind.CONTACT]
        if not body.get("restricted") and body.get("status") != "left"
    }
    led = {
        body["source_id"]
        for body in bodies[EdgeKind.REPORTS_TO]
        if body["line"] == "solid" and date.fromisoformat(body.get("since") or "2000-01-01") <= TODAY
    }
    found = asked(made, k=20)
    assert sorted(item.contact_id for item in found.items) == sorted(told - led)
    assert found.placed == len(told & led)
    named = {each.contact_id for item in found.items for each in item.guesses} - {None}
    assert named <= told
