"""Ties tables: what relations become, in which direction, with which weight."""

from __future__ import annotations

import pytest

from graphsvc.features.imports.relations import relations_of, rules_in
from models.enums import EdgeKind
from models.faults import Code, InvalidInput
from models.records import Body
from tests.unit.imports.reading import batch_of, bodies_of, faults_in, options

PEOPLE = "id,name\n1,Ana\n2,Bob\n3,Cai\n"


def ties(kind: EdgeKind, text: str, *rules: str, relation: str | None = None) -> list[Body]:
    given = options(relation=relation, relations=relations_of(list(rules)))
    found = bodies_of(kind, given, people=PEOPLE, ties=text)
    return sorted(found, key=lambda body: (body["source_id"], body["target_id"]))


@pytest.mark.parametrize("relation", ["advice", "friend", "friends", "friendship", "咨询", "朋友", "Advice"])
def test_who_is_asked_influences_who_asks(relation: str) -> None:
    (tie,) = ties(EdgeKind.INFLUENCES, f"source,target,relation\n1,2,{relation}\n")
    assert (tie["source_id"], tie["target_id"]) == ("2", "1")
    assert (tie["stated"], tie["weight"]) == (False, 0.5)
    assert tie["basis"] == ("friendship" if relation[:6] == "friend" or relation == "朋友" else "expertise")


def test_as_names_the_relation_of_rows_that_have_none() -> None:
    found = ties(EdgeKind.INFLUENCES, "source,target,relation\n1,2,\n1,3,influences\n", relation="advice")
    assert [(tie["source_id"], tie["target_id"], tie["stated"]) for tie in found] == [
        ("1", "3", True),
        ("2", "1", False),
    ]


def test_weights_are_taken_as_given() -> None:
    rows = "source,target,weight\n1,2,0.25\n2,3,60%\n3,1,\n"
    found = ties(EdgeKind.INFLUENCES, rows, relation="advice")
    assert [tie["weight"] for tie in found] == [0.5, 0.25, 0.6]
    stated = ties(EdgeKind.INFLUENCES, "source;target;weight\n1;2;0,75\n2;3;\n", relation="influences")
    assert [tie.get("weight") for tie in stated] == [0.75, None]


def test_a_rule_says_what_a_relation_becomes() -> None:
    rows = "source,target,relation\n1,2,advice\n2,3,mentor\n1,3,trusts\n"
    found = ties(
        EdgeKind.INFLUENCES,
        rows,
        "advice=influences",
        "mentor=influences:former_boss:stated",
        "trusts=influences:reversed",
    )
    told = [
        (tie["source_id"], tie["target_id"], tie.get("basis"), tie["stated"], tie.get("weight"))
        for tie in found
    ]
    assert told == [
        ("1", "2", "expertise", False, 0.5),
        ("2", "3", "former_boss", True, None),
        ("3", "1", None, False, 0.5),
    ]


def test_a_mapping_file_holds_rules_and_comments() -> None:
    text = "# ours\nadvice=influences:reversed\n\nlunch=bond:hobby  # table mates\n"
    assert list(relations_of(rules_in(text))) == ["advice", "lunch"]


@pytest.mark.parametrize(
    "rule",
    [
        "advice",
        "advice=",
        "=influences",
        "advice=likes",
        "advice=influences:sideways",
        "x=messages:friendship",
    ],
)
def test_a_rule_that_says_nothing_is_refused(rule: str) -> None:
    with pytest.raises(InvalidInput, match="is not NAME=KIND"):
        relations_of([rule])


def test_mail_between_two_people_adds_up_per_direction() -> None:
    rows = "source,target,weight,first,last\n1,2,3,985321920,2001-05-01\n1,2,,2001/2/1,\n2,1,4,,\n"
    one, two = ties(EdgeKind.MESSAGES, rows, relation="email")
    assert (one["count"], one["first"], one["last"]) == (4, "2001-02-01", "2001-05-01")
    assert (two["count"], two.get("first"), two.get("active_days")) == (4, None, None)


def test_bonds_have_no_direction_and_conflict_has_a_sign() -> None:
    rows = "source,target,relation\n2,1,works_with\n1,2,works_with\n3,2,conflict\n"
    found = ties(EdgeKind.BOND, rows)
    assert [(tie["source_id"], tie["target_id"], tie["polarity"]) for tie in found] == [
        ("1", "2", 1),
        ("2", "3", -1),
    ]


def test_a_row_said_again_counts_once_and_other_rows_stand_beside_it() -> None:
    rows = "source,target,since,until\n1,2,2020-01-01,2021-01-01\n1,2,2022年3月1日,\n1,2,2022-03-01,\n"
    found = ties(EdgeKind.INFLUENCES, rows, relation="influences")
    assert sorted((tie["since"], tie.get("until")) for tie in found) == [
        ("2020-01-01", "2021-01-01"),
        ("2022-03-01", None),
    ]
    assert len({tie["id"] for tie in found}) == 2
    notes = [note.en for note in batch_of(options(relation="influences"), people=PEOPLE, ties=rows).notes]
    assert "1 row says again what another row says; it counts once" in notes


def test_people_are_found_by_name_and_taken_from_the_ties_if_there_is_no_people_table() -> None:
    assert len(ties(EdgeKind.INFLUENCES, "source,target\nAna,bob\n", relation="advice")) == 1
    alone = batch_of(options(relation="advice"), ties="source,target\nx y,z\n")
    assert sorted(alone.own_ids.values()) == ["x y", "z"]


def test_the_summary_says_what_relations_became() -> None:
    notes = batch_of(people=PEOPLE, ties="source,target,relation,weight\n1,2,advice,.5\n2,3,email,\n").notes
    assert [note.en for note in notes][-2:] == [
        "advice → influences, reversed, basis expertise, derived, weight as given or 0.5 (1 row)",
        "email → messages, count = weight, 1 if absent (1 row)",
    ]
    assert all(note.zh for note in notes)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("source,target,relation\n1,2,hates\n", Code.UNKNOWN_RELATION, "row 2 column relation"),
        ("source,target\n1,2\n", Code.NO_RELATION, "row 2"),
        ("source,target,relation\n1,9,advice\n", Code.UNKNOWN_PERSON, "row 2 column target"),
        ("source,target,relation\n1,,advice\n", Code.MISSING, "row 2 column target"),
        ("from,to,type\n2,2,advice\n", Code.SELF_TIE, "row 2 column to"),
        ("source,target,relation,weight\n1,2,advice,7\n", Code.INVALID_VALUE, "row 2 column weight"),
        ("source,target,relation,weight\n1,2,influences,-0.1\n", Code.INVALID_VALUE, "row 2 column weight"),
        ("source,target,relation,weight\n1,2,advice,1.01\n", Code.INVALID_VALUE, "row 2 column weight"),
        ("source,target,relation,weight\n1,2,advice,nan\n", Code.INVALID_VALUE, "row 2 column weight"),
        ("source,target,relation,weight\n1,2,advice,1e999\n", Code.INVALID_VALUE, "row 2 column weight"),
        ("source,target,relation,weight\n1,2,email,1.5\n", Code.INVALID_VALUE, "row 2 column weight"),
        ("source,target,relation,since\n1,2,advice,2026-02-30\n", Code.INVALID_VALUE, "row 2 column since"),
        ("source,target,relation,since,until\n1,2,advice,2026-2-3,2026-2-1\n", Code.INVALID_VALUE, "row 2"),
        ("source,target,relation,confidence\n1,2,advice,2\n", Code.INVALID_VALUE, "row 2 column confidence"),
        ("source,target,relation,basis\n1,2,advice,luck\n", Code.INVALID_VALUE, "row 2 column basis"),
        ("source,weight\n1,2\n", Code.UNKNOWN_TABLE, "row 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_row(text: str, code: Code, place: str) -> None:
    fault = faults_in(people=PEOPLE, ties=text)[0]
    assert (fault.code, fault.place()) == (code, f"ties.csv {place}")


def test_an_unknown_relation_lists_the_known_ones() -> None:
    message = faults_in(people=PEOPLE, ties="source,target,relation\n1,2,hates\n")[0].message()
    assert all(
        name in message for name in ("advice", "friendship", "email", "reports_to", "--relation hates=")
    )
