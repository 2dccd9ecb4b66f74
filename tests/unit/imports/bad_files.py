"""Files that must not be taken, each with the code and the place of its first fault."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile

from models.faults import Code
from tests.unit.imports.xlsx import DATE, number, rows_of, text, workbook

THERE = "id,name,manager_id\n1,张伟,\n2,李娜,1\n"
TIES = "source,target,relation"
WIDE = [f"c{number}" for number in range(10_000)]
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
"""How a workbook of the old kind (XLS) begins."""


def zipped(**members: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def sheet(*rows: list[str]) -> bytes:
    return workbook({"t": rows_of(*rows)})


CASES: list[tuple[str | bytes, Code, str]] = [
    ("", Code.EMPTY_FILE, "f"),
    (b"\xef\xbb\xbf", Code.EMPTY_FILE, "f"),
    (b"\xff\xfe", Code.EMPTY_FILE, "f"),
    (b"\xff\xfe\x00\xd8\x00\x00", Code.BAD_ENCODING, "f row 1"),
    (b"id\n1\n\xff\xff\xff\n", Code.BAD_ENCODING, "f row 3"),
    ("id,姓名\n1,张伟".encode("utf-16-le")[:-1], Code.BAD_ENCODING, "f"),
    (b"id,name\n1,Ana\x00\n", Code.BAD_FILE, "f row 2"),
    (gzip.compress(b"id\n1\n")[:-4], Code.BAD_FILE, "f"),
    (gzip.compress(b""), Code.BAD_FILE, "f"),
    (b"PK\x03\x04", Code.BAD_FILE, "f"),
    ("\ufeffid,name\n9,Ana,extra\n", Code.BAD_FILE, "f row 2"),
    ("id,name\n9,Ana,extra\n".encode("utf-16"), Code.BAD_FILE, "f row 2"),
    ("id;name\n9;Ana;extra\n", Code.BAD_FILE, "f row 2"),
    ("id\tname\n9\tAna\textra\n", Code.BAD_FILE, "f row 2"),
    ("id,name\r9,Ana\r8,Bob,extra\r", Code.BAD_FILE, "f row 3"),
    ("id,name,Name\n9,Ana,Ann\n", Code.BAD_FILE, "f row 1 column Name"),
    ("姓名,姓名\n张,伟\n", Code.BAD_FILE, "f row 1 column 姓名"),
    ('id,name\n9,"Ana\n', Code.BAD_FILE, "f row 2"),
    ('id,name\n9,"A"na\n', Code.BAD_FILE, "f row 2"),
    ("id\n" + "x" * 200_000, Code.BAD_FILE, "f row 2"),
    (",".join(WIDE) + "\n1\n", Code.UNKNOWN_TABLE, "f row 1"),
    ("id," + ",".join(WIDE) + "\n9" + "," * 10_001 + "x\n", Code.BAD_FILE, "f row 2"),
    ("age,city\n1,2\n", Code.UNKNOWN_TABLE, "f row 1"),
    ("id,name\n9,Ana\n9,Bob\n", Code.SAME_ID, "f row 3 column id"),
    ("id,boss\n9,99\n", Code.UNKNOWN_PERSON, "f row 2 column boss"),
    ("id,boss\n9,9\n", Code.SELF_TIE, "f row 2 column boss"),
    ("id,boss\n8,9\n9,8\n", Code.CYCLE, "f row 3 column boss"),
    ("id,level\n9,sky\n", Code.INVALID_VALUE, "f row 2 column level"),
    ("id,status\n9,gone fishing\n", Code.INVALID_VALUE, "f row 2 column status"),
    ("id,部门,部门职能\n9,IT,magic\n", Code.INVALID_VALUE, "f row 2 column 部门职能"),
    ("id,部门,部门职能\n8,IT,user\n9,IT,legal\n", Code.INVALID_VALUE, "f row 3 column 部门职能"),
    ("id,部门,上级部门\n8,IT,A\n9,IT,B\n", Code.INVALID_VALUE, "f row 3 column 上级部门"),
    ("id,name\n9,A\u202ena\n", Code.INVALID_VALUE, "f row 2 column name"),
    ("id,name\n9,A\u2066na\u2069 B\n", Code.INVALID_VALUE, "f row 2 column name"),
    ("id,name\n9,A\tna\n", Code.INVALID_VALUE, "f row 2 column name"),
    ('id,name\n9,"Ana\nBob"\n', Code.INVALID_VALUE, "f row 2 column name"),
    ("id,name\n9,A\u0007na\n", Code.INVALID_VALUE, "f row 2 column name"),
    ("编号,姓名\n9,王\u202d芳\n", Code.INVALID_VALUE, "f row 2 column 姓名"),
    ("编号,姓名\n9,王\u2028芳\n", Code.INVALID_VALUE, "f row 2 column 姓名"),
    ("编号,姓名\n9,\u3164\n", Code.INVALID_VALUE, "f row 2 column 姓名"),
    ("编号,姓名\n9,\u200d\n", Code.INVALID_VALUE, "f row 2 column 姓名"),
    ("id,name,部门\n9,Ana,I\u202eT\n", Code.INVALID_VALUE, "f row 2 column 部门"),
    ("id,部门,上级部门\n9,IT,A\u202aB\n", Code.INVALID_VALUE, "f row 2 column 上级部门"),
    (sheet(["id", "name"], ["7", "A\u2067na"]), Code.INVALID_VALUE, "f[t] row 2 column name"),
    ("id,name\n9," + "x" * 300 + "\n", Code.INVALID_VALUE, "f row 2 column name"),
    (f"{TIES},since\n1,2,advice,2026-02-30\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},since\n1,2,advice,2026年13月1日\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},since\n1,2,advice,20260230\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},since\n1,2,advice,45000\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},since\n1,2,advice,0000-00-00\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},since,until\n1,2,advice,2026-02-02,2026-02-01\n", Code.INVALID_VALUE, "f row 2"),
    (f"{TIES},weight\n1,2,influences,1.01\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},weight\n1,2,influences,nan\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},weight\n1,2,influences,1e999\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},weight\n1,2,messages,-3\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},confidence\n1,2,bond,7\n", Code.INVALID_VALUE, "f row 2 column confidence"),
    (f"{TIES},basis\n1,2,bond,luck\n", Code.INVALID_VALUE, "f row 2 column basis"),
    (f"{TIES},edge_id\n1,2,bond,a b\n", Code.INVALID_VALUE, "f row 2 column edge_id"),
    (f"{TIES},edge_id\n1,2,bond,e\n2,1,bond,e\n", Code.TWICE, "f row 3"),
    (f"{TIES}\n1,1,bond\n", Code.SELF_TIE, "f row 2 column target"),
    (f"{TIES}\n1,,bond\n", Code.MISSING, "f row 2 column target"),
    (f"{TIES}\n1,2,=cmd|calc\n", Code.UNKNOWN_RELATION, "f row 2 column relation"),
    (f"{TIES}\n1,2,reports_to\n", Code.CYCLE, "f row 2"),
    ("source,target,time\n1,2,25:00\n", Code.INVALID_VALUE, "f row 2 column time"),
    ("source,target,time\n1,2,2026-01-01T25:00\n", Code.INVALID_VALUE, "f row 2 column time"),
    ("source,target,unix_time\n1,2,1e300\n", Code.INVALID_VALUE, "f row 2 column unix_time"),
    ("source,target,time,recipients\n1,2,2026-01-01,0\n", Code.INVALID_VALUE, "f row 2 column recipients"),
    ("deal,contact,role\nD,1,wizard\n", Code.INVALID_VALUE, "f row 2 column role"),
    ("deal,contact,role\nD,99,user\n", Code.UNKNOWN_PERSON, "f row 2 column contact"),
    ("deal,contact,role\n,1,user\n", Code.MISSING, "f row 2"),
    ("客户名称,行业,人数\n甲,水务,很多\n", Code.INVALID_VALUE, "f row 2 column 人数"),
    ("客户编号,行业\nA,水务\nA,电力\n", Code.SAME_ID, "f row 3 column 客户编号"),
    (sheet(["age"], ["7"]), Code.UNKNOWN_TABLE, "f[t] row 1"),
    (sheet(["id", "ID"], ["7", "8"]), Code.BAD_FILE, "f[t] row 1 column ID"),
    (sheet(["id"], ["7", "extra"]), Code.BAD_FILE, "f[t] row 2"),
    (sheet(["id", "上级"], ["7", "99"]), Code.UNKNOWN_PERSON, "f[t] row 2 column 上级"),
    (sheet(["source", "target", "since"], ["1", "2", "2026-02-30"]), Code.NO_RELATION, "f[t] row 2"),
    (
        workbook(
            {
                "t": rows_of(["source", "target", "relation", "since"]) + f'<row r="2">{text("1", "A2")}'
                f"{text('2', 'B2')}{text('bond', 'C2')}{number(45000, 'D2')}</row>"
            }
        ),
        Code.INVALID_VALUE,
        "f[t] row 2 column since",
    ),
    (
        workbook({"t": rows_of(["id"]) + f'<row r="1048576">{text("7", "XFD1048576")}</row>'}),
        Code.BAD_FILE,
        "f",
    ),
    (
        workbook(
            {"t": rows_of(["id", "level"]) + f'<row r="2">{text("7", "A2")}{number(1, "B2", DATE)}</row>'}
        ),
        Code.INVALID_VALUE,
        "f[t] row 2 column level",
    ),
    ("   \n  \n", Code.EMPTY_FILE, "f"),
    ("\n\n\n", Code.EMPTY_FILE, "f"),
    (b"\x00" * 50, Code.BAD_FILE, "f row 1"),
    ("%PDF-1.7\n1 0 obj", Code.UNKNOWN_TABLE, "f row 1"),
    (b"\x89PNG\r\n\x1a\n" + bytes(40), Code.BAD_FILE, "f row 1"),
    (OLE, Code.BAD_FILE, "f"),
    ("<html><table><tr><td>id</td></tr></table></html>", Code.UNKNOWN_TABLE, "f row 1"),
    ("null", Code.UNKNOWN_TABLE, "f row 1"),
    ("true", Code.UNKNOWN_TABLE, "f row 1"),
    ("7", Code.UNKNOWN_TABLE, "f row 1"),
    ('"text"', Code.UNKNOWN_TABLE, "f row 1"),
    ("id,name,email\n9,Ana," + "x" * 5000 + "@y.z\n", Code.INVALID_VALUE, "f row 2 column email"),
    ("id,name,phone\n9,Ana," + "1" * 500 + "\n", Code.INVALID_VALUE, "f row 2 column phone"),
    ("id,name\nx" + "y" * 5000 + ",Ana\n", Code.INVALID_VALUE, "f row 2 column id"),
    ("id\n" + "z" * 131072 + "\n", Code.INVALID_VALUE, "f row 2 column id"),
    ('id,name\n"9,Ana\n8,Bob\n', Code.BAD_FILE, "f row 2"),
    ("id,name\n9,Ana\n8;Bob;x;y\n".replace(";", ","), Code.BAD_FILE, "f row 3"),
    ("id,rung\n9,emperor\n", Code.INVALID_VALUE, "f row 2 column rung"),
    ("id,function\n9,magic\n", Code.INVALID_VALUE, "f row 2 column function"),
    ("id,name,manager_id\n9,Ana,张\n", Code.UNKNOWN_PERSON, "f row 2 column manager_id"),
    ("id,name,manager_id\n8,Ana,\n9,Ana,\n7,Bob,Ana\n", Code.AMBIGUOUS, "f row 4 column manager_id"),
    ("id,name,dept,parent_department\n9,A,X,X\n", Code.CYCLE, "f row 2 column parent_department"),
    ("id,name,dept,parent_department\n9,A,X,Y\n8,B,Y,X\n", Code.CYCLE, "f row 2 column parent_department"),
    (f"{TIES},weight\n1,2,influences,1,5\n", Code.BAD_FILE, "f row 2"),
    (f"{TIES},weight\n1,2,influences,-0.0001\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},weight\n1,2,influences,inf\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},weight\n1,2,messages,1.5\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},weight\n1,2,messages,9007199254740993\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},weight\n1,2,messages,1e30\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES}\n1,9,influences\n", Code.UNKNOWN_PERSON, "f row 2 column target"),
    (f"{TIES}\n,2,influences\n", Code.MISSING, "f row 2 column source"),
    (f"{TIES}\n1,2,\n", Code.NO_RELATION, "f row 2 column relation"),
    ("source,target\n1,2\n", Code.NO_RELATION, "f row 2"),
    (f"{TIES},until\n1,2,bond,31/12/2026\n", Code.INVALID_VALUE, "f row 2 column until"),
    (f"{TIES},since\n1,2,bond,2026-1-1 25:99\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},confidence\n1,2,bond,-1\n", Code.INVALID_VALUE, "f row 2 column confidence"),
    (f"{TIES},note\n1,2,bond," + "n" * 5000 + "\n", Code.INVALID_VALUE, "f row 2 column note"),
    ("source,target,time\n1,2,\n", Code.MISSING, "f row 2 column time"),
    ("source,target,time\n1,9,2026-01-01\n", Code.UNKNOWN_PERSON, "f row 2 column target"),
    ("source,target,time\n1,2,32.13.2026\n", Code.INVALID_VALUE, "f row 2 column time"),
    ("source,target,unix_time\n1,2,-99999999999999\n", Code.INVALID_VALUE, "f row 2 column unix_time"),
    ("source,target,unix_time\n1,2,nan\n", Code.INVALID_VALUE, "f row 2 column unix_time"),
    ("source,target,time,recipients\n1,2,2026-01-01,-1\n", Code.INVALID_VALUE, "f row 2 column recipients"),
    ("source,target,time,recipients\n1,2,2026-01-01,many\n", Code.INVALID_VALUE, "f row 2 column recipients"),
    ("source,target,time,kind\n1,2,2026-01-01,telepathy\n", Code.INVALID_VALUE, "f row 2 column kind"),
    ("deal,contact,role\nD,,user\n", Code.MISSING, "f row 2 column contact"),
    ("deal,contact,role\nD,1,user;wizard\n", Code.INVALID_VALUE, "f row 2 column role"),
    ("客户名称,行业\n" + "甲" * 300 + ",水务\n", Code.INVALID_VALUE, "f row 2 column 客户名称"),
    ("客户名称,行业,人数\n甲,水务,-5\n", Code.INVALID_VALUE, "f row 2 column 人数"),
    ("客户名称,行业,人数\n甲,水务,1e999\n", Code.INVALID_VALUE, "f row 2 column 人数"),
    ("姓名,部门,职级\n王芳,IT,皇帝\n".encode("gb18030"), Code.INVALID_VALUE, "f row 2 column 职级"),
    ("姓名,部门,层级\n王芳,IT,云端\n".encode("gbk"), Code.INVALID_VALUE, "f row 2 column 层级"),
    ("姓名,部门\n王芳,IT,多\n".encode("gb18030"), Code.BAD_FILE, "f row 2"),
    (b"id,name\n9,\x81\n", Code.BAD_ENCODING, "f row 2"),
    (b"id,name\n9,\xff\xfe\n", Code.BAD_ENCODING, "f row 2"),
    ("id,name\n9,Ana,x\n".encode("utf-16-be"), Code.BAD_FILE, "f row 2"),
    ("id,name\n9,Ana\n".encode("utf-32"), Code.BAD_FILE, "f row 1"),
    (b"\xef\xbb\xbf\xff\n", Code.BAD_ENCODING, "f row 1"),
    (workbook({"t": rows_of(["id", "name"], ["7", "A"])})[:-10], Code.BAD_FILE, "f"),
    (workbook({}), Code.EMPTY_FILE, "f"),
    (
        workbook({"t": rows_of(["source", "target", "relation", "weight"], ["1", "2", "influences", "2"])}),
        Code.INVALID_VALUE,
        "f[t] row 2 column weight",
    ),
    (
        workbook({"人员": rows_of(["编号", "层级"], ["7", "云端"])}),
        Code.INVALID_VALUE,
        "f[人员] row 2 column 层级",
    ),
    (
        workbook({"a": rows_of(["id", "name"], ["7", "A"]), "b": rows_of(["id", "name"], ["7", "B"])}),
        Code.SAME_ID,
        "f[b] row 2 column id",
    ),
    (zipped(**{"../../etc/passwd": "id\n9,x\n"}), Code.BAD_FILE, "f/../../etc/passwd row 2"),
    (zipped(**{"a.csv": "id\n9,x\n"}), Code.BAD_FILE, "f/a.csv row 2"),
    (zipped(**{"a.csv": ""}), Code.EMPTY_FILE, "f/a.csv"),
    (zipped(), Code.BAD_FILE, "f row 1"),
    (zipped(**{"读我.txt": "hello world"}), Code.UNKNOWN_TABLE, "f/读我.txt row 1"),
    (zipped(**{"a.csv": gzip.compress(b"id\n9\n")}), Code.BAD_FILE, "f/a.csv"),
    (bz2.compress(b"id\n9\n"), Code.BAD_FILE, "f row 1"),
    (gzip.compress(gzip.compress(b"id\n9\n")), Code.BAD_ENCODING, "f row 1"),
    (gzip.compress(b"id,x\n9,8,7\n"), Code.BAD_FILE, "f row 2"),
]
