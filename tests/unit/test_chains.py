"""Decision chains: solved by hand, and as the chart has them where only the chart is known."""

from __future__ import annotations

import random
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.at_hand import graph_of
from models.enums import ChainSource, ContactStatus, EdgeKind, Level, NodeKind, Step, Window
from models.faults import Code, InvalidInput
from models.findings.chains import Chain
from queries.chains.best import decision_chains
from queries.rules import DEFAULT_RULES, Rules
from tests.deals import TODAY, Deal
from tests.lengths import cases
from tests.real_data import krackhardt, krackhardt_reference


def story() -> Deal:
    """Ours are Lin (knows Ana well, Cy a little) and Qin (knows the boss a little); Ana reports to Bo, Bo and
    Cy to the boss Di, who also listens to Cy. The competitor's Rex courts Bo, who is sceptical of us."""
    deal = Deal().member("lin", "qin").rival("rex")
    deal.contact("ana", Level.OPERATIONAL).contact("bo", Level.MANAGEMENT)
    deal.contact("cy", Level.MANAGEMENT).contact("di", Level.DECISION)
    deal.reports("ana", "bo").reports("bo", "di").reports("cy", "di").influences("cy", "di", 0.5)
    deal.knows("lin", "ana", 4).knows("lin", "cy", 1).knows("qin", "di", 0).courts("rex", "bo", 90)
    deal.opportunity("line", step="brew", step_since="2025-05-01")
    return deal.plays("bo", "line", "approver", attitude=-1)


def paths(chains: list[Chain]) -> list[list[str]]:
    return [chain.path for chain in chains]


def test_ours_are_one_source_and_each_chain_says_who_starts() -> None:
    answer = story().chains("di", opportunity_id="line", k=5)
    assert paths(answer.items) == [["lin", "ana", "bo", "di"], ["lin", "cy", "di"], ["qin", "di"]]
    assert [chain.source_id for chain in answer.items] == ["lin", "lin", "qin"]
    assert [chain.probability for chain in answer.items] == pytest.approx([0.82 * 0.8 * 0.4, 0.176, 0.02])
    assert [chain.rank for chain in answer.items] == [1, 2, 3]
    assert answer.unreachable == []


def test_a_chain_names_its_steps_and_the_weakest_of_them() -> None:
    best, second, _ = story().chains("di", opportunity_id="line").items
    assert [(step.edge_id, step.kind, step.source_id, step.target_id) for step in best.steps] == [
        ("knows-lin-ana", "knows", "lin", "ana"),
        ("reports_to-ana-bo", "reports_to", "ana", "bo"),
        ("reports_to-bo-di", "reports_to", "bo", "di"),
    ]
    assert [step.probability for step in best.steps] == pytest.approx([0.82, 0.8, 0.4])
    assert best.weakest == ["reports_to-bo-di"]
    assert second.weakest == ["knows-lin-cy"]


def test_all_weakest_links_are_named() -> None:
    deal = Deal().contact("ana").contact("bo").contact("cy").reports("ana", "bo").reports("bo", "cy")
    assert deal.best("cy", "ana").weakest == ["reports_to-ana-bo", "reports_to-bo-cy"]


def test_blockers_are_those_against_us_between_the_ends() -> None:
    best, second, _ = story().chains("di", opportunity_id="line").items
    assert best.blockers == ["bo"]
    assert second.blockers == []
    deal = story()
    assert deal.best("bo", "ours", opportunity_id="line").blockers == []
    assert deal.best("di", "bo", opportunity_id="line").blockers == []


def test_the_best_chain_without_blockers_is_always_listed() -> None:
    best, clean = story().chains("di", opportunity_id="line", k=1).items
    assert (best.rank, best.blockers) == (1, ["bo"])
    assert (clean.rank, clean.path, clean.blockers) == (2, ["lin", "cy", "di"], [])
    assert len(story().chains("di", "ana", opportunity_id="line", k=1).items) == 1


def test_a_chain_is_disjoint_if_nobody_on_it_is_on_a_better_one() -> None:
    best, second, third = story().chains("di", opportunity_id="line").items
    assert (best.disjoint, second.disjoint, third.disjoint) == (True, False, True)
    (from_lin, other) = story().chains("di", "lin", opportunity_id="line").items
    assert from_lin.disjoint
    assert other.disjoint, "Lin is the end asked for"


def test_reach_is_that_of_any_path_from_the_source_asked_for() -> None:
    answer = story().chains("di", opportunity_id="line")
    by_ana, by_cy = 0.82 * 0.8 * 0.4, 0.22 * (1 - 0.2 * (1 - 0.425))
    expected = 1 - (1 - by_ana) * (1 - by_cy) * (1 - 0.02)
    # The boss leads down to Bo and Cy as well, but nothing that comes back to him helps.
    assert [chain.reach for chain in answer.items] == [pytest.approx(expected)] * 3
    assert {chain.reach_error for chain in answer.items} == {0.0}
    from_lin = story().best("di", "lin", opportunity_id="line")
    assert from_lin.reach == pytest.approx(1 - (1 - by_ana) * (1 - by_cy))


def test_the_entry_point_is_the_known_contact_of_most_worth_who_is_not_against_us() -> None:
    deal = story()
    assert deal.best("di", "ours", opportunity_id="line").entry_point == "ana"
    assert deal.best("di", "qin", opportunity_id="line").entry_point == "di"
    assert deal.best("di", "ana", opportunity_id="line").entry_point is None
    deal.knows("qin", "bo", 4)
    assert deal.best("di", "ours").entry_point == "ana", "Bo is against us"
    deal.plays("ana", "line", attitude=-2)
    assert deal.best("di", "ours", opportunity_id="line").entry_point == "cy"


def test_somebody_against_us_is_no_entry_point_however_much_he_is_worth() -> None:
    deal = Deal().contact("ana").contact("bo").contact("di").reports("ana", "di").reports("bo", "di")
    deal.member("lin").knows("lin", "ana", 4).opportunity("line").plays("ana", "line", attitude=-1)
    assert deal.best("di", "ours").entry_point is None
    deal.knows("lin", "bo", 0)
    assert deal.best("di", "ours").path == ["lin", "ana", "di"]
    assert deal.best("di", "ours").entry_point == "bo"


def test_the_competitors_chain_goes_over_his_ties_with_attitudes_turned() -> None:
    (chain,) = story().chains("di", ChainSource.COMPETITOR, opportunity_id="line").items
    assert chain.path == ["rex", "bo", "di"]
    assert chain.probability == pytest.approx(0.9 * 0.8)
    assert chain.entry_point == "bo"
    friend = story().plays("cy", "line", attitude=2).courts("rex", "cy", 100)
    to_di = friend.chains("di", "competitor", opportunity_id="line").items
    assert [chain.blockers for chain in to_di] == [[], ["cy"]]
    assert to_di[1].probability == pytest.approx(0.1 * 0.1 * 0.8)
    assert paths([friend.best("di", "rex", opportunity_id="line")]) == [["rex", "bo", "di"]]


def test_the_window_is_shown_with_its_date_and_counts_on_direct_ties_to_deciders() -> None:
    deal = story()
    open_ = deal.best("di", "qin", opportunity_id="line")
    assert (open_.window, open_.window_since) == (Window.OPEN, date(2025, 5, 1))
    assert open_.probability == pytest.approx(0.02)
    shut = deal.best("di", "qin", opportunity_id="line", step=Step.EVALUATE)
    assert (shut.window, shut.window_since) == (Window.SHUT, None)
    assert shut.probability == pytest.approx(0.02 * 0.6)
    without = deal.best("di", "qin")
    assert (without.window, without.window_since) == (None, None)
    assert without.probability == pytest.approx(0.02)


def test_targets_are_the_decision_makers_of_the_opportunity_else_the_decision_level() -> None:
    deal = story()
    assert {chain.target_id for chain in deal.chains(opportunity_id="line").items} == {"di"}
    deal.plays("cy", "line", "decision_maker")
    assert {chain.target_id for chain in deal.chains(opportunity_id="line").items} == {"cy"}
    assert {chain.target_id for chain in deal.chains().items} == {"di"}


def test_where_many_decide_chains_lead_to_the_most_influential_and_the_others_are_counted() -> None:
    deal = Deal().member("mia").contact("li", Level.MANAGEMENT).knows("mia", "li", 4)
    deciders = [f"d{place:02}" for place in range(13)]
    for id_ in deciders:
        deal.contact(id_, Level.DECISION).influences("li", id_, 0.5)
    for heard in ("d05", "d11", "d12"):
        deal.influences(heard, "li", 0.4)
    found = deal.chains(k=1)
    led_to = [chain.target_id for chain in found.items]
    assert led_to == [*deciders[:8], "d11", "d12"]  # three are listened to, the others equal
    assert found.targets_left_out == 3
    named = decision_chains(deal.graph(), on=TODAY, target_ids=deciders, k=1)
    assert ([chain.target_id for chain in named.items], named.targets_left_out) == (deciders, 0)
    assert not found.truncated


def test_of_an_account_too_large_for_all_targets_the_answer_leads_to_fewer_and_says_so() -> None:
    deal = Deal().member("mia").contact("li", Level.MANAGEMENT).knows("mia", "li", 4)
    deciders = [f"d{place:02}" for place in range(13)]
    for id_ in deciders:
        deal.contact(id_, Level.DECISION).influences("li", id_, 0.5)
    deal.influences("d11", "li", 0.4)
    whole = deal.chains(k=1)
    for room, led_to in ((3, ["d00", "d01", "d11"]), (1, ["d11"])):
        found = deal.chains(k=1, rules=budget(16 * room))  # 14 influences, our tie, all of ours
        assert [chain.target_id for chain in found.items] == led_to
        assert (found.truncated, found.targets_left_out) == (True, 13 - room)
        assert found.items == [chain for chain in whole.items if chain.target_id in led_to]
    few = deal.chains(k=1, rules=budget(1))
    assert [chain.target_id for chain in few.items] == ["d11"]
    named = decision_chains(deal.graph(), on=TODAY, target_ids=deciders[::-1], k=1, rules=budget(16 * 2))
    assert [chain.target_id for chain in named.items] == ["d12", "d11"]
    assert (named.truncated, named.targets_left_out) == (True, 11)


def budget(steps: int) -> Rules:
    """The rules with another budget of chains."""
    return DEFAULT_RULES.model_copy(
        update={"chains": DEFAULT_RULES.chains.model_copy(update={"most_steps": steps})}
    )


@pytest.mark.parametrize(("voice", "entry"), [(0, "li"), (2, "song")])
def test_an_advocate_without_voice_is_no_entry_point_where_somebody_is_heard(voice: int, entry: str) -> None:
    deal = Deal().member("mia").contact("boss", Level.DECISION).opportunity("line")
    for id_, answer, attitude, heard in (("song", 4, 2, voice), ("li", 3, 1, 2)):
        deal.contact(id_, Level.MANAGEMENT).reports(id_, "boss").knows("mia", id_, answer)
        deal.plays(id_, "line", attitude=attitude, voice=heard)
    best = deal.best("boss", "ours", opportunity_id="line")
    assert (best.entry_point, best.path) == (entry, ["mia", entry, "boss"])


@pytest.mark.parametrize("fields", [{"status": ContactStatus.LEFT}, {"restricted": True}])
def test_who_left_or_is_restricted_is_no_target_and_no_source(fields: dict[str, object]) -> None:
    deal = Deal().contact("ana").contact("bo", Level.DECISION, **fields).contact("cy").reports("ana", "bo")
    deal.reports("bo", "cy")
    assert deal.chains(source="all").items == []
    assert deal.chains(source="all").unreachable == []
    assert deal.chains("cy", "all").unreachable == [("ana", "cy")]


def test_who_left_is_led_to_and_begins_if_named_and_who_is_restricted_cannot_be_named() -> None:
    gone, shy = (
        Deal().contact("ana").contact("bo", **fields).contact("cy").reports("ana", "bo").reports("bo", "cy")
        for fields in ({"status": ContactStatus.LEFT}, {"restricted": True})
    )
    assert paths(gone.chains("bo", "all").items) == [["ana", "bo"], ["cy", "bo"]]
    assert paths(gone.chains("cy", "bo").items) == [["bo", "cy"]]
    for target, source in (("bo", "all"), ("cy", "bo")):
        with pytest.raises(InvalidInput, match="no Contact bo here"):
            shy.chains(target, source)


def test_all_contacts_but_the_target_are_sources_in_the_order_of_their_ids() -> None:
    deal = story().influences("ana", "di", 0.1)
    answer = deal.chains("di", "all", k=2)
    assert [(chain.source_id, chain.rank) for chain in answer.items] == [
        ("ana", 1),
        ("ana", 2),
        ("bo", 1),
        ("bo", 2),
        ("cy", 1),
    ]


def test_several_targets_come_in_the_order_asked_and_once() -> None:
    answer = decision_chains(story().graph(), on=TODAY, target_ids=["di", "cy", "di"], source="lin")
    assert [chain.target_id for chain in answer.items] == ["di", "di", "cy", "cy"]
    assert decision_chains(story().graph(), on=TODAY, target_ids=[]).items == []


def test_pairs_that_no_path_joins_are_named() -> None:
    deal = Deal().contact("ana").contact("bo").contact("cy").reports("ana", "bo").member("lin").rival("rex")
    assert deal.chains("cy", "all").unreachable == [("ana", "cy"), ("bo", "cy")]
    assert deal.chains("cy").unreachable == [("ours", "cy")]
    assert deal.chains("cy", "competitor").unreachable == [("competitor", "cy")]
    assert deal.chains("cy", "lin").unreachable == [("lin", "cy")]
    assert deal.chains("cy", "cy").unreachable == []


@pytest.mark.parametrize("source", ["ours", "competitor", "all"])
def test_an_empty_account_has_no_chains(source: str) -> None:
    answer = Deal().chains(source=source)
    assert (answer.items, answer.unreachable) == ([], [])
    alone = Deal().contact("di", Level.DECISION).chains(source=source)
    assert alone.items == []
    assert alone.unreachable == ([] if source == "all" else [(source, "di")])


@pytest.mark.parametrize(
    ("asked", "code", "pointer"),
    [
        ({"k": 0}, Code.OUT_OF_RANGE, "/k"),
        ({"k": 21}, Code.OUT_OF_RANGE, "/k"),
        ({"target": "zed"}, Code.UNKNOWN_RECORD, "/target_id"),
        ({"source": "zed"}, Code.UNKNOWN_RECORD, "/source_id"),
        ({"opportunity_id": "zed"}, Code.UNKNOWN_RECORD, "/opportunity_id"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, object], code: Code, pointer: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        story().chains(**asked)  # type: ignore[arg-type]
    assert [(fault.code, fault.pointer) for fault in refused.value.faults] == [(code, pointer)]


def test_the_answer_says_what_it_was_made_from() -> None:
    graph = story().graph()
    provenance = decision_chains(
        graph, on=TODAY, target_ids=["di"], opportunity_id="line", step=Step.COMMIT, k=2
    ).provenance
    assert (provenance.algorithm, provenance.version, provenance.on) == ("chains", "1", TODAY)
    assert provenance.rules_version == DEFAULT_RULES.version
    assert (provenance.account_sequence, provenance.firm_sequence) == (graph.sequence, graph.firm_sequence)
    assert provenance.parameters == {
        "target_ids": ["di"],
        "source": "ours",
        "opportunity_id": "line",
        "step": "commit",
        "k": 2,
    }


def test_the_order_of_the_records_changes_no_byte() -> None:
    deal = story()
    mixed = list(deal.records)
    random.Random(5).shuffle(mixed)
    assert mixed != deal.records
    for source in ChainSource:
        here = decision_chains(deal.graph(), on=TODAY, source=source, opportunity_id="line")
        there = decision_chains(graph_of("acme", mixed), on=TODAY, source=source, opportunity_id="line")
        assert here.model_dump_json() == there.model_dump_json()


def test_krackhardts_best_chains_to_the_president_are_those_of_the_chart() -> None:
    answer = decision_chains(krackhardt(), on=TODAY, target_ids=["7"], source="all", k=1)
    formal = krackhardt_reference()["formal_chain"]
    assert {chain.source_id: chain.path for chain in answer.items} == {
        id_: path for id_, path in formal.items() if id_ != "7"
    }
    assert len(answer.items) == 20


@st.composite
def charts(draw: st.DrawFn) -> tuple[Deal, dict[str, str]]:
    """A chart of at most six levels with derived ties and messages across it; who reports to whom."""
    size = draw(st.integers(2, 10))
    deal, depth, boss = Deal().contact("p0"), {"p0": 0}, dict[str, str]()
    for place in range(1, size):
        id_ = f"p{place}"
        boss[id_] = draw(st.sampled_from(sorted(person for person in depth if depth[person] < 5)))
        depth[id_] = depth[boss[id_]] + 1
        deal.contact(id_).reports(id_, boss[id_])
    pairs = st.sampled_from(list(permutations(sorted(depth), 2)))
    for place, (one, other) in enumerate(draw(st.lists(pairs, max_size=12))):
        match draw(st.sampled_from([EdgeKind.INFLUENCES, EdgeKind.BOND, EdgeKind.MESSAGES])):
            case EdgeKind.INFLUENCES:
                deal.influences(one, other, draw(st.floats(0, 1)), stated=False, id=f"i{place}")
            case EdgeKind.BOND:
                deal.bond(one, other, weight=draw(st.floats(0, 1)), id=f"b{place}")
            case _:
                deal.messages(one, other, draw(st.integers(0, 10_000)), id=f"m{place}")
    return deal, boss


@settings(max_examples=cases(100))
@given(charts())
def test_with_all_lines_known_and_nothing_stated_the_chain_upward_is_the_chart(
    chart: tuple[Deal, dict[str, str]],
) -> None:
    deal, boss = chart
    for chain in deal.chains("p0", "all", k=1).items:
        walked = [chain.source_id]
        while walked[-1] in boss:
            walked.append(boss[walked[-1]])
        assert chain.path == walked
        assert chain.probability <= chain.reach <= 1


@settings(max_examples=cases(50))
@given(charts(), st.randoms(use_true_random=False))
def test_other_ids_change_no_probability(chart: tuple[Deal, dict[str, str]], order: random.Random) -> None:
    deal, _ = chart
    ids = [body["id"] for kind, body in deal.records if kind is NodeKind.CONTACT]
    new = dict(zip(ids, [f"q{place}" for place in order.sample(range(len(ids)), len(ids))], strict=True))
    renamed = [
        (kind, {**body, **{name: new.get(body[name], body[name]) for name in REFERRING & body.keys()}})
        for kind, body in deal.records
    ]
    here = deal.chains("p0", "all", k=3).items
    asked = {"on": TODAY, "target_ids": [new["p0"]], "source": "all", "k": 3}
    there = decision_chains(graph_of("acme", renamed), **asked).items  # type: ignore[arg-type]
    assert sorted((new[c.source_id], c.rank, c.probability, c.reach) for c in here) == [
        (c.source_id, c.rank, pytest.approx(c.probability), pytest.approx(c.reach)) for c in there
    ]


REFERRING = {"id", "source_id", "target_id"}
