"""Which form a file has, decided by its content, and which column holds which field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphsvc.features.imports.batch import Place
from graphsvc.features.imports.tables import Decoded, Table
from models.enums import Term
from models.faults import Code, Fault, InvalidInput

Cells = Mapping[str, str]
"""The filled cells of a row by field."""


class Form(Term):
    """The forms of files."""

    DOCUMENT = "document", "graph document", "图文档"
    PEOPLE = "people", "people", "人员表"
    TIES = "ties", "ties", "关系表"
    MESSAGES = "messages", "message log", "消息记录"


_PEOPLE = {
    "id": "id person_id contact_id employee_id 编号 工号 员工编号 人员编号",
    "name": "name full_name contact_name 姓名 名字 联系人",
    "latin_name": "latin_name 拼音 英文名",
    "account": "account account_name company customer 大客户 客户 客户名称 公司",
    "department": "department dept 部门 所属部门",
    "parent_department": "parent_department 上级部门",
    "function": "function 职能",
    "title": "title job_title position 职务 职位 岗位",
    "rung": "rung 职级",
    "level": "level 层级",
    "manager_id": "manager_id reports_to manager boss 上级 直属上级 直接上级 汇报对象 上级编号",
    "status": "status 状态",
    "email": "email e_mail email_address 邮箱 电子邮件 电子邮箱",
    "phone": "phone mobile telephone tel 电话 手机 联系电话",
    "wechat": "wechat 微信 微信号",
}
_TIES = {
    "source": "source source_id from 起点 从",
    "target": "target target_id to 终点 到",
    "relation": "relation relationship type kind 关系 关系类型",
    "weight": "weight 权重",
    "basis": "basis 依据 依据类型",
    "confidence": "confidence 置信度",
    "since": "since 起始日期 开始日期",
    "until": "until 结束日期",
    "first": "first 首次",
    "last": "last 最近",
    "note": "note 备注",
}
_MESSAGES = {
    "source": "source source_id sender from 起点 发件人 发送人",
    "target": "target target_id recipient to 终点 收件人 接收人",
    "time": "time datetime sent_at 时间",
    "unix_time": "unix_time timestamp",
    "kind": "kind type 类型",
    "recipients": "recipients 收件人数",
    "message_id": "message_id 消息编号 邮件编号",
}
COLUMNS: Mapping[Form, Mapping[str, tuple[str, ...]]] = {
    form: {name: tuple(headers.split()) for name, headers in fields.items()}
    for form, fields in ((Form.PEOPLE, _PEOPLE), (Form.TIES, _TIES), (Form.MESSAGES, _MESSAGES))
}
"""The fields of each form and the headers that stand for them, the field's own name first."""

_HEADERS: Mapping[Form, Mapping[str, str]] = {
    form: {header: name for name, headers in fields.items() for header in headers}
    for form, fields in COLUMNS.items()
}


_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose form is known: `fields` says in which column each field stands."""

    form: Form
    table: Table
    fields: Mapping[str, int]

    @property
    def headers(self) -> dict[str, str]:
        """The header of each field, as the file writes it."""
        return {name: self.table.header[column] for name, column in self.fields.items()}

    @property
    def ignored(self) -> list[str]:
        """The headers nothing is taken from."""
        used = set(self.fields.values())
        return [name for column, name in enumerate(self.table.header) if name and column not in used]

    def rows(self) -> Iterator[tuple[Place, Cells]]:
        """Each row's place and filled cells."""
        headers = self.headers
        for number, cells in self.table.rows:
            filled = {name: cells[column] for name, column in self.fields.items() if cells[column]}
            yield Place(self.table.file, number, headers=headers), filled


def listed(names: list[str]) -> str:
    """Names for a message; of many only the first."""
    more = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" … +{more}" if more > 0 else "")


def is_document(decoded: Decoded) -> bool:
    """Whether a text is JSON rather than a table."""
    return decoded.text.lstrip()[:1] in ("{", "[")


def sheet_of(table: Table) -> Sheet:
    """The form of a table by its header. Raises InvalidInput (unknown-table)."""
    for form, wanted in (
        (Form.MESSAGES, ({"source", "target", "time"}, {"source", "target", "unix_time"})),
        (Form.TIES, ({"source", "target"},)),
        (Form.PEOPLE, ({"id"}, {"name"})),
    ):
        fields = _fields(table.header, _HEADERS[form])
        if any(names <= set(fields) for names in wanted):
            return Sheet(form, table, fields)
    found = listed([name for name in table.header if name])
    raise InvalidInput(Fault(Code.UNKNOWN_TABLE, {"found": found}, file=table.file, row=1))


def _fields(header: tuple[str, ...], known: Mapping[str, str]) -> dict[str, int]:
    """Field → column. A header that is the field's own name goes before another way to write it."""
    fields: dict[str, int] = {}
    for column, text in enumerate(header):
        key = text.casefold().replace(" ", "_").replace("-", "_")
        name = known.get(key)
        if name and (name not in fields or key == name):
            fields[name] = column
    return fields
