"""Exports of CRM systems and Chinese spreadsheets, by their headers alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from graphsvc.features.exports.service import whole_document
from graphsvc.features.imports.forms import sheet_of
from graphsvc.features.imports.headers import FIELDS, ROLE_WORDS, Form, header_key
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import Table
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code, InvalidInput
from tests.unit.imports.reading import options, source

OWNER = Scope(actor="test")
SALESFORCE = {
    "account": "Id,Name,Industry,BillingCity,NumberOfEmployees,Type\n"
    '001A,Jichuan,Energy,Jichuan,"1,900",Customer\n001B,Dongbu,Water,Dongbu,300,Prospect\n',
    "contact": "Id,AccountId,LastName,FirstName,Title,Department,ReportsToId,Email,"
    "Phone,MobilePhone,LeadSource\n"
    "003A,001A,Wang,Ann,CEO,Board,,ann@x.example,010-1,139,Web\n"
    "003B,001A,张,伟,工程师,设备部,003A,wei@x.example,,138,Web\n003C,001B,Li,,Head,IT,,,,,\n",
    "role": "Id,OpportunityId,ContactId,Role,IsPrimary\n00K1,006A,003A,Economic Decision Maker,true\n"
    "00K2,006A,003B,Evaluator,false\n00K3,006A,003B,Influencer,false\n00K4,006A,003C,Other,false\n",
}
HUBSPOT = {
    "company": "Record ID,Company name,Industry,City,Number of Employees,Company owner\n"
    "51,Jichuan,ENERGY,J,1900,Lin\n",
    "contact": "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Job Title,"
    "Associated Company IDs,Associated Company,Lead Status\n"
    "901,Ann,Wang,ann@x.example,010,139,CEO,51,Jichuan,OPEN\n902,Bo,Li,,,,Buyer,51,Jichuan,\n",
    "role": "Deal ID,Deal Name,Contact ID,Buying Role\n"
    "77,Line 2,901,Budget Holder;Decision Maker\n77,Line 2,902,Blocker\n",
}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[GraphStore]:
    opened = await open_store(f"sqlite:///{tmp_path / 'crm.db'}", Settings(_env_file=None))
    yield opened
    await opened.close()


async def taken(store: GraphStore, texts: dict[str, str], **given: Any) -> int:
    files = [source(f"{name}.csv", text) for name, text in texts.items()]
    return (await import_files(store, OWNER, files, options(**given))).put


async def rows(store: GraphStore, kind: Kind) -> dict[str, dict[str, Any]]:
    document = await whole_document(store, OWNER)
    return {row["id"]: row for row in document["nodes"] + document["edges"] if row["kind"] == kind}


async def test_salesforce_accounts_contacts_and_roles(store: GraphStore) -> None:
    contacts_of_one = {**SALESFORCE, "role": SALESFORCE["role"].replace("00K4,006A,003C,Other,false\n", "")}
    assert await taken(store, contacts_of_one) > 0
    accounts, contacts = await rows(store, NodeKind.ACCOUNT), await rows(store, NodeKind.CONTACT)
    assert {id_: (row["name"], row["employees"]) for id_, row in accounts.items()} == {
        "001A": ("Jichuan", 1900),
        "001B": ("Dongbu", 300),
    }
    assert {id_: (row["name"], row["account_id"]) for id_, row in contacts.items()} == {
        "003A": ("Ann Wang", "001A"),
        "003B": ("张伟", "001A"),
        "003C": ("Li", "001B"),
    }
    ways = [(way["kind"], way["value"]) for way in contacts["003A"]["channels"]]
    assert ways == [("email", "ann@x.example"), ("phone", "010-1"), ("phone", "139")]
    (line,) = (await rows(store, EdgeKind.REPORTS_TO)).values()
    assert (line["source_id"], line["target_id"]) == ("003B", "003A")
    parts = {row["source_id"]: row["roles"] for row in (await rows(store, EdgeKind.PLAYS)).values()}
    assert parts == {"003A": ["decision_maker"], "003B": ["evaluator", "influencer"]}
    assert await taken(store, contacts_of_one) == 0


async def test_a_deal_of_one_account_takes_nobody_of_another(store: GraphStore) -> None:
    with pytest.raises(InvalidInput) as error:
        await taken(store, SALESFORCE)
    fault = error.value.faults[0]
    assert (fault.code, fault.file, fault.row) == (Code.OTHER_ACCOUNT, "role.csv", 5)
    assert await store.accounts(OWNER) == []


async def test_hubspot_companies_contacts_and_buying_roles(store: GraphStore) -> None:
    assert await taken(store, HUBSPOT) > 0
    (account,) = (await rows(store, NodeKind.ACCOUNT)).values()
    assert (account["id"], account["name"], account["industry"]) == ("51", "Jichuan", "ENERGY")
    (deal,) = (await rows(store, NodeKind.OPPORTUNITY)).values()
    assert (deal["id"], deal["name"], deal["account_id"]) == ("77", "Line 2", "51")
    parts = {row["source_id"]: row["roles"] for row in (await rows(store, EdgeKind.PLAYS)).values()}
    assert parts == {"901": ["approver", "decision_maker"], "902": ["gatekeeper"]}
    assert await taken(store, HUBSPOT) == 0


async def test_contacts_alone_name_their_accounts_and_later_tables_fill_them(store: GraphStore) -> None:
    await taken(store, {"contact": HUBSPOT["contact"]})
    (account,) = (await rows(store, NodeKind.ACCOUNT)).values()
    assert (account["id"], account["name"]) == ("51", "Jichuan")
    await taken(store, {"company": HUBSPOT["company"]})
    (account,) = (await rows(store, NodeKind.ACCOUNT)).values()
    assert account["employees"] == 1900


async def test_people_who_name_the_account_are_of_the_one_with_its_id(store: GraphStore) -> None:
    people = "姓名,客户名称,手机,电话,微信,邮箱,职务,上级\n"
    people += "张伟,霁川集团,139,010,wx,z@x.example,总经理,\n李娜,霁川集团,,,,,主任,张伟\n"
    await taken(store, {"a": "客户编号,客户名称,行业,员工人数\nC-1,霁川集团,电力,1900\n", "p": people})
    assert set(await rows(store, NodeKind.ACCOUNT)) == {"C-1"}
    contact = next(row for row in (await rows(store, NodeKind.CONTACT)).values() if row["name"] == "张伟")
    assert contact["account_id"] == "C-1"
    assert {way["value"] for way in contact["channels"]} == {"139", "010", "wx", "z@x.example"}
    assert len(await rows(store, EdgeKind.REPORTS_TO)) == 1


async def test_pasted_rows_are_read_as_a_table(store: GraphStore) -> None:
    await taken(
        store, {"pasted": "姓名\t部门\t上级\r\n张伟\t生产部\t\r\n李娜\t生产部\t张伟\r\n"}, account="acme"
    )
    assert len(await rows(store, EdgeKind.REPORTS_TO)) == 1


async def test_the_result_says_what_each_column_became(store: GraphStore) -> None:
    files = [source("p.csv", "姓名,生日,手机\n张伟,1970,139\n李娜,1971,\n王芳,1972,\n赵敏,1973,\n")]
    result = await import_files(store, OWNER, files, options(account="a"), dry_run=True)
    said = [(use.column, use.field, use.values) for use in result.columns]
    assert said == [
        ("姓名", "name", ["张伟", "李娜", "王芳"]),
        ("生日", None, ["1970", "1971", "1972"]),
        ("手机", "mobile", ["139"]),
    ]


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("Id,Name,Industry", Form.ACCOUNTS),
        ("Account ID,Account Name,Employees", Form.ACCOUNTS),
        ("客户名称,行业", Form.ACCOUNTS),
        ("Name,Industry,Title", Form.PEOPLE),
        ("姓名,客户,行业,职务", Form.PEOPLE),
        ("Contact ID,First Name,Last Name", Form.PEOPLE),
        ("Opportunity Name,Contact Name,Role", Form.ROLES),
        ("商机,联系人,角色", Form.ROLES),
        ("Opportunity ID,Contact ID", Form.PEOPLE),
    ],
)
def test_the_form_follows_from_the_header(header: str, form: Form) -> None:
    assert sheet_of(Table("f.csv", tuple(header.split(",")), ())).form is form


def test_no_header_stands_for_two_fields() -> None:
    for form, headers in FIELDS.items():
        assert all(header == header_key(header) for header in headers), form
    assert all(word == word.casefold() for word in ROLE_WORDS)
