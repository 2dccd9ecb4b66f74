"""What can be wrong with what people send: one closed list of codes with a sentence in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import orjson
from pydantic import BaseModel, ValidationError

from models.enums import Term
from models.fields import Label, Unfit

Model = TypeVar("Model", bound=BaseModel)


class Code(Term):
    """A fault's code; the labels are sentences with {parameters}."""

    INVALID_VALUE = "invalid-value", "{detail}", "{detail}"
    UNKNOWN_FIELD = "unknown-field", "There is no field {name}.", "没有字段 {name}。"
    MISSING = "missing", "{name} is missing.", "缺少 {name}。"
    UNKNOWN_KIND = (
        "unknown-kind",
        "There is no kind {name}; kinds are {known}.",
        "没有类型 {name}；可用类型：{known}。",
    )
    UNKNOWN_RECORD = "unknown-record", "There is no {kind} {id} here.", "此处没有{kind} {id}。"
    SELF_TIE = "self-tie", "{id} cannot be tied to themselves.", "{id} 不能与自己建立关系。"
    OTHER_ACCOUNT = (
        "other-account",
        "{kind} stays in one account, but {source} is of {source_account} and {target} of {target_account}.",
        "{kind} 的两端须属同一客户，但 {source} 属于 {source_account}，{target} 属于 {target_account}。",
    )
    MOVED_ACCOUNT = (
        "moved-account",
        "{kind} {id} belongs to account {account} and cannot move to another.",
        "{kind} {id} 属于客户 {account}，不能移到其他客户。",
    )
    FOREIGN_REFERENCE = (
        "foreign-reference",
        "{kind} {id} belongs to account {account} and cannot be referred to from {own}.",
        "{kind} {id} 属于客户 {account}，{own} 不能引用它。",
    )
    SECOND_BOSS = (
        "second-boss",
        "{id} has a solid reporting line to {boss} already; close it or make this one dotted.",
        "{id} 已有汇报给 {boss} 的实线；请先关闭它，或改为虚线。",
    )
    ONE_EACH = (
        "one-each",
        "{kind} {id} has a {of} already: {holder}; change that one.",
        "{kind} {id} 已有{of} {holder}；请修改该记录。",
    )
    CYCLE = "cycle", "This closes a circle: {path}.", "这会形成循环：{path}。"
    EXTERNAL_ID_TAKEN = (
        "external-id-taken",
        "The id {value} of system {system} belongs to {kind} {id} already.",
        "系统 {system} 的编号 {value} 已属于{kind} {id}。",
    )
    STILL_REFERRED = (
        "still-referred",
        "{kind} {id} cannot be deleted: {count} records still refer to it, first {first}.",
        "无法删除{kind} {id}：仍有 {count} 条记录引用它，首条为 {first}。",
    )
    TWICE = "twice", "{kind} {id} stands twice in this change set.", "{kind} {id} 在本次变更中出现两次。"
    KEY_REUSED = (
        "key-reused",
        "The Idempotency-Key {key} was sent before with another request; give this one a key of its own.",
        "Idempotency-Key {key} 曾用于另一请求；请为本次请求使用新的键。",
    )
    REUSED = (
        "change-set-reused",
        "The change set {id} was applied before with other content; give this one an id of its own.",
        "变更 {id} 曾以不同内容提交过；请为本次变更使用新的编号。",
    )
    BAD_JSON = "bad-json", "This is not JSON: {detail}.", "不是有效的 JSON：{detail}。"
    BAD_FILE = "bad-file", "{detail}", "{detail}"
    EMPTY_FILE = "empty-file", "The file is empty.", "文件为空。"
    BAD_ENCODING = (
        "bad-encoding",
        "No supported encoding reads this file; supported are UTF-8, UTF-16 and GB18030.",
        "没有可用的编码能读取此文件；支持 UTF-8、UTF-16 和 GB18030。",
    )
    UNKNOWN_RELATION = (
        "unknown-relation",
        "What does the relation {name} become? Use --relation {name}=KIND[:reversed]. Known: {known}.",
        "未说明关系 {name} 对应什么；请用 --relation {name}=KIND[:reversed]。已知：{known}。",
    )
    UNKNOWN_TIE_TYPE = (
        "unknown-tie-type",
        "There is no tie type {name}; types are {known}.",
        "没有关系类型 {name}；可用类型：{known}。",
    )
    OUT_OF_RANGE = (
        "out-of-range",
        "{name} must lie between {low} and {high}.",
        "{name} 须在 {low} 与 {high} 之间。",
    )
    ID_TAKEN = (
        "id-taken",
        "The id {id} belongs to another account; import with --id-prefix P.",
        "编号 {id} 已属于其他客户；请用 --id-prefix P 导入。",
    )
    SAME_ID = (
        "same-id",
        "{id} stands twice, first in row {row}; give each person an id of their own.",
        "{id} 出现两次，首次在第 {row} 行；请为每个人指定各自的编号。",
    )
    AMBIGUOUS = (
        "ambiguous",
        "{name} can be several people: {ids}. Use ids.",
        "{name} 可能是多人：{ids}。请使用编号。",
    )
    AMBIGUOUS_ACCOUNT = (
        "ambiguous-account",
        "{name} can be several accounts: {ids}. Use an id.",
        "{name} 可能是多个客户：{ids}。请使用编号。",
    )
    SEVERAL_ACCOUNTS = (
        "several-accounts",
        "These files hold several accounts; name one of them: {known}.",
        "这些文件包含多个客户，请指明其一：{known}。",
    )
    UNKNOWN_PERSON = (
        "unknown-person",
        "There is no person {id} in these files or in the account.",
        "文件和该客户中都没有 {id} 这个人。",
    )
    NO_HOLDER = (
        "no-holder",
        "Nobody knows who holds the seat {id}; find out the name first.",
        "尚不清楚 {id} 这一席位由谁担任；请先问清姓名。",
    )
    NO_PEOPLE = "no-people", "There is nobody in these files.", "文件中没有任何人员。"
    NO_TIMES = (
        "no-times",
        "No message has a time: strength is read from a message log (columns source, target, time).",
        "消息都没有时间：关系强度需要消息记录（source、target、time 列）。",
    )
    UNKNOWN_TABLE = (
        "unknown-table",
        "People need a column id or name; ties source and target; logs a time too. Found: {found}.",
        "人员表需要 id 或姓名列；关系表需要 source 和 target 列；消息记录还需要时间列。现有列：{found}。",
    )
    NO_RELATION = (
        "no-relation",
        "What are these ties? Say it with --as RELATION or a column relation. Known: {known}.",
        "这些是什么关系？请用 --as RELATION 或 relation 列说明。已知：{known}。",
    )
    NO_ACCOUNT = (
        "no-account",
        "Whose people are these? Say it in the field Account (--account ID-or-NAME), or in a column account.",
        "这些人属于哪个客户？请在「客户」处填写（命令行为 --account），或增加 account 列。",
    )
    SAME_PERSON = "same-person", "{id} cannot be merged with themselves.", "{id} 不能与自己合并。"
    MERGE_ACROSS = (
        "merge-across",
        "{id} belongs to account {account} and {other} to {other_account}; only people of one account merge.",
        "{id} 属于客户 {account}，{other} 属于 {other_account}；只能合并同一客户的联系人。",
    )
    HELD_OUTSIDE = (
        "held-outside",
        "{id} has {count} ties that lie outside what you may see; whoever sees them can merge.",
        "{id} 有 {count} 条关系超出您的可见范围；请由可见者合并。",
    )
    NOTHING_TO_COMPARE = (
        "nothing-to-compare",
        "Only a ranking by influence at a step can be compared with another step: give a step or a purchase.",
        "只有按影响力、且在某一采购步骤上的排名才能与另一步骤比较：请给出采购步骤或项目。",
    )
    OBJECTION = (
        "objection",
        "The objection of {id} is noted or lifted by administrators, with a reason: /privacy/{id}/restrict.",
        "{id} 的限制处理须由管理员注明理由后设置或取消（/privacy/{id}/restrict）。",
    )
    ERASED = (
        "erased",
        "This {name} is of somebody who was erased. If it is not, or they agreed: graphsvc allow lifts that.",
        "该 {name} 属于已被清除的人员。若实为他人，或本人已同意，请先用 graphsvc allow 解除。",
    )
    ERASED_SINCE = (
        "erased-since",
        "The change set {id} was applied; its content is gone, as somebody was erased. Use an id of its own.",
        "变更 {id} 曾提交过，其内容已随人员清除而删除；请使用新的编号。",
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, and where: a JSON pointer, or file, row and column."""

    code: Code
    params: dict[str, Any] = field(default_factory=dict)
    pointer: str | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None

    def message(self, lang: str = "en") -> str:
        """The sentence in "en" or "zh"."""
        params = {name: _label(value, lang) for name, value in self.params.items()}
        return (self.code.zh if lang == "zh" else self.code.en).format(**params)

    def place(self) -> str:
        """Where it is, as people read it: "people.csv row 7 column level", "/changes/0/weight"."""
        parts = [self.file, f"row {self.row}" if self.row is not None else None]
        parts += [f"column {self.column}" if self.column else None, self.pointer]
        return " ".join(part for part in parts if part)


def _label(value: Any, lang: str) -> Any:
    return getattr(value, lang) if isinstance(value, Term | Label) else value


class InvalidInput(ValueError):
    """What was sent cannot be taken; `faults` name every place."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{fault.place()}: {fault.message()}".lstrip(": ") for fault in faults))
        self.faults = faults


_IN_CHINESE = {
    "greater_than_equal": "须不小于 {ge}",
    "less_than_equal": "须不大于 {le}",
    "greater_than": "须大于 {gt}",
    "less_than": "须小于 {lt}",
    "string_too_short": "至少 {min_length} 个字符",
    "string_too_long": "最多 {max_length} 个字符",
    "string_pattern_mismatch": "须符合 {pattern}",
    "too_long": "最多 {max_length} 项",
    "too_short": "至少 {min_length} 项",
    "enum": "须为 {expected} 之一",
    "literal_error": "须为 {expected} 之一",
    "float_type": "须为数字",
    "float_parsing": "须为数字",
    "int_type": "须为整数",
    "int_parsing": "须为整数",
    "int_parsing_size": "整数过大",
    "int_from_float": "须为整数",
    "finite_number": "须为有限数字",
    "bool_type": "须为 true 或 false",
    "bool_parsing": "须为 true 或 false",
    "string_type": "须为文本",
    "list_type": "须为列表",
    "dict_type": "须为对象",
    "model_type": "须为对象",
    "model_attributes_type": "须为对象",
    "date_type": "须为日期，如 2026-01-31",
    "date_parsing": "须为日期，如 2026-01-31",
    "date_from_datetime_parsing": "须为日期，如 2026-01-31",
    "date_from_datetime_inexact": "须为日期，如 2026-01-31",
    "datetime_type": "须为时间，如 2026-01-31T09:00:00Z",
    "datetime_parsing": "须为时间，如 2026-01-31T09:00:00Z",
    "datetime_from_date_parsing": "须为时间，如 2026-01-31T09:00:00Z",
}


def faults_of(error: ValidationError, prefix: str = "") -> list[Fault]:
    """The faults of a record that does not validate, their places as JSON pointers under `prefix`."""
    return [fault_of(detail, prefix) for detail in error.errors(include_url=False)]


def validated(model: type[Model], given: Mapping[str, Any]) -> Model:
    """What is given, as the model has it. Raises InvalidInput with every place."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise InvalidInput(*faults_of(error)) from None


def sent(model: type[Model], body: Mapping[str, Any]) -> Model:
    """What a JSON body says, as the model has it, strictly: 0 is not false. Raises InvalidInput."""
    try:
        return model.model_validate_json(orjson.dumps(body), strict=True)
    except ValidationError as error:
        raise InvalidInput(*faults_of(error)) from None


def fault_of(detail: Mapping[str, Any], prefix: str = "") -> Fault:
    """The fault of one Pydantic error."""
    place = [str(part) for part in detail["loc"]]
    pointer = prefix + "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in place)
    name = place[-1] if place else ""
    match detail["type"]:
        case "extra_forbidden":
            return Fault(Code.UNKNOWN_FIELD, {"name": name}, pointer=pointer)
        case "missing":
            return Fault(Code.MISSING, {"name": name}, pointer=pointer)
        case kind:
            return Fault(Code.INVALID_VALUE, {"detail": _reason(kind, detail)}, pointer=pointer)


def _reason(kind: str, detail: Mapping[str, Any]) -> Label:
    """Why Pydantic refuses a value. What it says itself may hold anything that was sent."""
    context = detail.get("ctx", {})
    if isinstance(context.get("error"), Unfit):
        return cast(Label, context["error"].label)
    said = str(detail["msg"]).removeprefix("Value error, ")
    chinese = _IN_CHINESE.get(kind)
    return Label(said, chinese.format(**context) if chinese else f"无效的值：{said}")
