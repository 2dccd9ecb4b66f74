"""People tables: ids, names, departments, levels, managers."""

from __future__ import annotations

import pytest

from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code
from tests.unit.imports.reading import batch_of, bodies_of, faults_in, options

CHINESE = (
    "编号,姓名,部门,上级部门,职务,层级,上级,电话,邮箱,微信\n"
    "1,王建国,集团领导,,总经理,决策层,,138,wang@x.cn,wjg\n"
    "2,李国强,生产部,集团领导,生产经理,管理层,王建国,,,\n"
    "3,梁伟,生产部,,班长,操作层,2,,,\n"
)


def test_chinese_headers_words_and_names_of_managers() -> None:
    contacts = bodies_of(NodeKind.CONTACT, people=CHINESE)
    assert [(body["name"], body["latin_name"]) for body in contacts] == [
        ("王建国", "Wang Jianguo"),
        ("李国强", "Li Guoqiang"),
        ("梁伟", "Liang Wei"),
    ]
    assert [(way["kind"], way["value"]) for way in contacts[0]["channels"]] == [
        ("email", "wang@x.cn"),
        ("phone", "138"),
        ("wechat", "wjg"),
    ]
    units = {body["name"]: body for body in bodies_of(NodeKind.DEPARTMENT, people=CHINESE)}
    assert {name: unit["function"] for name, unit in units.items()} == {
        "集团领导": "executive",
        "生产部": "user",
    }
    assert units["生产部"]["parent_id"] == units["集团领导"]["id"]
    jobs = {body["source_id"]: body for body in bodies_of(EdgeKind.WORKS_IN, people=CHINESE)}
    assert {id_: job["level"] for id_, job in jobs.items()} == {
        "1": "decision",
        "2": "management",
        "3": "operational",
    }
    lines = bodies_of(EdgeKind.REPORTS_TO, people=CHINESE)
    assert {(line["source_id"], line["target_id"], line["line"]) for line in lines} == {
        ("2", "1", "solid"),
        ("3", "2", "solid"),
    }


def test_a_missing_name_is_the_id_and_a_missing_id_the_name() -> None:
    assert [body["name"] for body in bodies_of(NodeKind.CONTACT, people="id,name\n7,\n8,Bob\n")] == [
        "7",
        "Bob",
    ]
    named = batch_of(people="name\n张伟\nAna\n")
    assert sorted(named.own_ids.values()) == ["Ana", "张伟"]


def test_ids_with_other_characters_become_stable_ones_and_keep_the_original() -> None:
    one, two = (bodies_of(NodeKind.CONTACT, people="id,name\nE 1,Ana\n") for _ in range(2))
    assert one == two
    assert one[0]["external_ids"] == {"file": "E 1"}
    assert one[0]["id"] != "E 1"
    assert "external_ids" not in batch_of(people="name\n张伟\n").drafts[1].body


def test_an_id_prefix_is_put_before_every_id() -> None:
    given = options(id_prefix="north-")
    people, ties = "id\n1\n2\n", "source,target,weight\n1,2,0.5\n"
    assert [body["id"] for body in bodies_of(NodeKind.CONTACT, given, people=people)] == [
        "north-1",
        "north-2",
    ]
    tie = bodies_of(
        EdgeKind.INFLUENCES, options(id_prefix="north-", relation="influences"), people=people, ties=ties
    )
    assert (tie[0]["source_id"], tie[0]["target_id"]) == ("north-1", "north-2")


def test_unused_columns_are_listed() -> None:
    notes = [note.en for note in batch_of(people="id,age,shoe size\n1,30,44\n").notes]
    assert "people.csv: columns that are not used: age, shoe size" in notes


def test_a_seat_without_department_is_in_one_named_after_the_account() -> None:
    people = "id,title,level\n1,CEO,decision\n2,,\n"
    units = bodies_of(NodeKind.DEPARTMENT, people=people)
    assert [unit["name"] for unit in units] == ["file"]
    assert [job["source_id"] for job in bodies_of(EdgeKind.WORKS_IN, people=people)] == ["1"]


def test_the_function_of_most_rows_is_the_departments_and_others_keep_their_own() -> None:
    people = "id,department,function\n1,Plant,technical\n2,Plant,Finance\n3,Plant,技术/支持部门\n"
    assert bodies_of(NodeKind.DEPARTMENT, people=people)[0]["function"] == "technical"
    jobs = {job["source_id"]: job.get("function") for job in bodies_of(EdgeKind.WORKS_IN, people=people)}
    assert jobs == {"1": None, "2": "finance", "3": None}


@pytest.mark.parametrize(
    ("order", "levels"),
    [
        (None, [None, None, None, None]),
        ("low-first", ["operational", "management", "management", "decision"]),
        ("high-first", ["decision", "management", "management", "operational"]),
    ],
)
def test_numbered_levels_mean_nothing_unless_said(order: str | None, levels: list[str | None]) -> None:
    people = "id,title,level\n1,a,1\n2,b,2\n3,c,3\n4,d,5\n"
    jobs = bodies_of(EdgeKind.WORKS_IN, options(levels=order), people=people)
    assert [job.get("level") for job in sorted(jobs, key=lambda job: job["source_id"])] == levels
    notes = " ".join(note.en for note in batch_of(options(levels=order), people=people).notes)
    assert ("holds numbers and is ignored" in notes) == (order is None)


def test_reports_to_is_manager_id_and_what_statistics_programs_write_for_nobody_is_nobody() -> None:
    lines = bodies_of(EdgeKind.REPORTS_TO, people="id,reports_to\n1,NA\n2,1\n3,\n4,nan\n")
    assert [(line["source_id"], line["target_id"]) for line in lines] == [("2", "1")]


def test_the_same_line_in_two_files_is_one_line() -> None:
    people, ties = "id,manager_id\n1,\n2,1\n", "source,target,relation\n2,1,reports_to\n2,1,reports_to\n"
    assert len(bodies_of(EdgeKind.REPORTS_TO, people=people, ties=ties)) == 1


@pytest.mark.parametrize(
    ("people", "code", "place", "said"),
    [
        ("id,level\n1,chief\n", Code.INVALID_VALUE, "row 2 column level", "chief is not one of operational"),
        ("id,boss\n1,9\n", Code.UNKNOWN_PERSON, "row 2 column boss", "There is no person 9 in these files"),
        ("id,boss\n1,1\n", Code.SELF_TIE, "row 2 column boss", "1 cannot be tied to themselves."),
        ("id,boss\n1,2\n2,3\n3,1\n4,1\n", Code.CYCLE, "row 4 column boss", "This closes a circle: 1 → 2 → 3"),
        ("id,name\n1,Ana\n1,Bob\n", Code.SAME_ID, "row 3 column id", "1 stands twice, first in row 2;"),
        ("id,name,title\n,,CEO\n", Code.MISSING, "row 2 column id", "id is missing."),
        ("姓名,职务\n,总经理\n", Code.MISSING, "row 2 column 姓名", "姓名 is missing."),
        ("id,name,boss\n1,Li,\n2,Li,\n3,Bo,Li\n", Code.AMBIGUOUS, "row 4 column boss", "Li can be several"),
        (
            "id,department,parent_department\n1,A,B\n2,A,C\n",
            Code.INVALID_VALUE,
            "row 3 column parent_department",
            "A is part of B in an earlier row and of C here.",
        ),
        ("shoe,age\n1,2\n", Code.UNKNOWN_TABLE, "row 1", "People need a column id or name;"),
        ("id,name\n1," + "x" * 201 + "\n", Code.INVALID_VALUE, "row 2 column name", "String should have"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_row(people: str, code: Code, place: str, said: str) -> None:
    fault = faults_in(people=people)[0]
    assert (fault.code, fault.place()) == (code, f"people.csv {place}")
    assert fault.message().startswith(said)
    assert fault.message("zh")


def test_rows_of_nothing_but_separators_are_no_people() -> None:
    assert list(batch_of(people="id,name\n,\n2,Bob\n,,\n").own_ids) == ["2"]


def test_every_fault_of_all_files_is_told_at_once() -> None:
    faults = faults_in(
        options(relation="advice"),
        people="id,level,manager_id\n1,x,\n2,,7\n",
        ties="source,target,weight\n2,2,\n2,1,7\n",
    )
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [
        ("people.csv", 2, "level"),
        ("people.csv", 3, "manager_id"),
        ("ties.csv", 2, "target"),
        ("ties.csv", 3, "weight"),
    ]


def test_a_second_boss_is_refused_but_not_a_dotted_one() -> None:
    people = "id,manager_id\n1,\n2,\n3,1\n"
    assert (
        len(bodies_of(EdgeKind.REPORTS_TO, people=people, ties="source,target,relation\n3,2,dotted_line\n"))
        == 2
    )
    fault = faults_in(people=people, ties="source,target,relation\n3,2,reports_to\n")[0]
    assert (fault.code, fault.file, fault.row) == (Code.SECOND_BOSS, "ties.csv", 2)


@pytest.mark.parametrize("kind", [NodeKind.CONTACT, EdgeKind.WORKS_IN, EdgeKind.REPORTS_TO])
def test_ids_depend_on_content_not_on_the_order_of_rows(kind: Kind) -> None:
    people = "id,department,manager_id\n1,A,\n2,A,1\n3,B,1\n"
    header, *rows = people.splitlines()
    assert bodies_of(kind, people=people) == bodies_of(kind, people="\n".join([header, *reversed(rows)]))
