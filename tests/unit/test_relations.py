"""The relation matrix: people by hand and pair by pair, products line by line."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import EdgeKind
from models.faults import InvalidInput
from models.findings.relations import Relation, Relations
from queries.chains.steps import steps_inside
from queries.relations.relations import relations
from queries.rules import DEFAULT_RULES
from tests.deals import TODAY, Deal

WHO = ("ana", "ben", "cho", "dan")


def asked(account: Deal, **question: Any) -> Relations:
    return relations(account.graph(), on=TODAY, **question)


def four() -> Deal:
    account = Deal()
    for id_ in WHO:
        account.contact(id_)
    return account


def short(relation: Relation) -> tuple[str, str, float, str, str, int, bool]:
    found = relation
    return found.one_id, found.other_id, found.weight, found.kind, found.from_id, found.ties, found.conflict


def test_each_pair_has_its_strongest_tie() -> None:
    account = four().reports("ana", "ben").influences("ana", "ben", 0.5, stated=False)
    account.influences("dan", "cho", 0.8).bond("cho", "dan", weight=1).messages("ben", "cho", 5)
    first, second, third = asked(account).items
    assert short(first) == ("ana", "ben", 0.9, "reports_to", "ben", 2, False)
    assert short(second) == ("cho", "dan", pytest.approx(0.85 * 0.8), "influences", "dan", 2, False)
    assert short(third)[:2] == ("ben", "cho")
    assert third.weight == pytest.approx(0.3 * (1 - 2.718281828459045 ** (-5 / 20)))
    assert [(tie.kind, tie.id) for tie in second.evidence] == [("influences", "influences-dan-cho")]


def test_quarrels_are_told_beside_what_binds_and_alone() -> None:
    account = four().reports("ana", "ben").bond("ben", "ana", polarity=-1).bond("cho", "dan", polarity=-1)
    both, only = asked(account).items
    assert short(both) == ("ana", "ben", 0.9, "reports_to", "ben", 2, True)
    assert [tie.id for tie in both.evidence] == ["reports_to-ana-ben", "bond-ben-ana"]
    assert short(only) == ("cho", "dan", 0, "bond", "cho", 1, True)
    assert [tie.id for tie in only.evidence] == ["bond-cho-dan"]


def test_influences_of_another_purchase_do_not_count() -> None:
    account = four().opportunity("line").influences("ana", "ben", 0.5, opportunity_id="line")
    assert asked(account).items == []
    assert len(asked(account, opportunity_id="line").items) == 1


def test_one_person_and_the_first_few() -> None:
    account = four().reports("ana", "ben").reports("cho", "ben").reports("dan", "cho")
    assert [(one.one_id, one.other_id) for one in asked(account, contact_id="cho").items] == [
        ("ben", "cho"),
        ("cho", "dan"),
    ]
    assert asked(account, limit=1).items == asked(account).items[:1]
    with pytest.raises(InvalidInput) as refused:
        asked(account, contact_id="nobody")
    assert refused.value.faults[0].pointer == "/contact_id"


def test_ties_of_another_day_and_people_who_left_are_out() -> None:
    account = four().reports("ana", "ben", until="2025-06-15").contact("gone", status="left")
    account.contact("shy", restricted=True).reports("gone", "ben").reports("shy", "ben")
    assert asked(account).items == []


@given(st.data())
def test_the_matrix_is_the_best_of_all_ties_of_each_pair(data: st.DataObject) -> None:
    account, pairs = four(), st.permutations(WHO).map(lambda who: (who[0], who[1]))
    for place in range(data.draw(st.integers(0, 8))):
        kind, (one, other) = (
            data.draw(st.sampled_from(["influences", "bond", "quarrel", "messages"])),
            data.draw(pairs),
        )
        id_, weight = f"e{place}", data.draw(st.sampled_from([None, 0.0, 0.3, 1.0]))
        if kind == "influences":
            account.influences(one, other, weight, id=id_, stated=data.draw(st.booleans()))
        elif kind == "messages":
            account.messages(one, other, data.draw(st.integers(1, 50)), id=id_)
        else:
            account.bond(one, other, id=id_, weight=weight, polarity=-1 if kind == "quarrel" else 1)
    graph = account.graph()
    steps = [
        (graph.contacts.ids[source], graph.contacts.ids[target], float(weight))
        for part in steps_inside(graph.on(TODAY), DEFAULT_RULES.chains, None)
        for source, target, weight in zip(part.source, part.target, part.probability, strict=True)
    ]
    quarrels = {
        frozenset((body["source_id"], body["target_id"]))
        for kind, body in account.records
        if kind is EdgeKind.BOND and body["polarity"] == -1
    }
    expected = {}
    for pair in combinations(WHO, 2):
        weights = [weight for one, other, weight in steps if {one, other} == set(pair)]
        if weights or frozenset(pair) in quarrels:
            expected[pair] = (pytest.approx(max(weights, default=0)), frozenset(pair) in quarrels)
    found = asked(account).items
    assert {(one.one_id, one.other_id): (one.weight, one.conflict) for one in found} == expected
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


def test_what_is_installed_where() -> None:
    account = Deal().department("lab").rival("rex").product("ours").product("theirs", competitor_id="them")
    account.uses("lab", "theirs", quantity=3, satisfaction=2)
    account.uses("lab", "ours", supplier="Shop", since="2024-01-31")
    account.uses("acme", "ours", "account", quantity=1).uses("acme", "theirs", "account", until="2025-01-01")
    whole, lab, rival = asked(account).installed
    assert (whole.place_kind, whole.place, whole.competitor_id, whole.quantity) == (
        "account",
        "Acme",
        None,
        1,
    )
    assert (lab.place, lab.product, lab.supplier, str(lab.since)) == ("Lab", "Ours", "Shop", "2024-01-31")
    assert (rival.competitor, rival.product, rival.quantity, rival.satisfaction) == ("Them", "Theirs", 3, 2)
    assert (rival.evidence[0].kind, rival.evidence[0].id) == ("uses", "uses-lab-theirs")


def test_an_empty_account_has_an_empty_matrix() -> None:
    found = asked(Deal())
    assert (found.items, found.installed) == ([], [])
