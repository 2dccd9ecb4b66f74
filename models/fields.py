"""How a record's field is declared: labels, unit, who may see it and what it points at, in one place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
)

from models.privacy import FieldClass
from models.terms import Term

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Written:
    """Metadata of a free text: what tells in JSON Schema which signs its validator takes."""

    signs: str

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.signs}


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]
Text = Annotated[str, StringConstraints(max_length=4000), Written(r"^[^\u0000]*$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class OnDelete(StrEnum):
    """What deleting the record a field points at does to the record that holds the field."""

    REFUSE = "refuse"
    CLEAR = "clear"
    CASCADE = "cascade"


class Unit(Term):
    """What the numbers of a field count or measure."""

    CURRENCY = "currency", "in the currency beside it", "以所示币种计"
    PROBABILITY = "probability", "probability 0–1", "概率 0–1"
    SHARE = "share", "share of the whole 0–1", "占比 0–1"
    POINTS = "points", "points 0–100", "分 0–100"
    RATING = "rating", "rating 1–5", "评分 1–5"
    FREQUENCY = "frequency", "0 never to 4 always", "0 从不 – 4 总是"
    DEGREE = "degree", "0 not at all to 3 strongly", "0 没有 – 3 强烈"
    MOOD = "mood", "−2 very bad to 2 very good", "−2 很差 – 2 很好"
    MINUTES = "minutes", "minutes", "分钟"
    DAYS = "days", "days", "天"
    PEOPLE = "people", "people", "人"
    PIECES = "pieces", "pieces", "件"
    MESSAGES = "messages", "messages", "封"
    EVENTS = "events", "Unix seconds and number of recipients", "Unix 秒与收件人数"
    VERSION = "version", "version number", "版本号"


@dataclass(frozen=True, slots=True)
class Label:
    """One fact in both languages."""

    en: str
    zh: str


class Unfit(ValueError):
    """A value that cannot be taken, and why, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.label = Label(en, zh)


_UNSEEN = frozenset(["Cf", "Mn", "Me", "Zs"])
"""Categories of signs that show nothing by themselves."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that are drawn as nothing."""
_TURNS = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_TURNING = re.compile(f"[{_TURNS}]")
_SPACE = r"\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What is taken off the ends of a name."""
NAME = rf"^[{_SPACE}]*[^{_SPACE}{_TURNS}]([^{_TURNS}]*[^{_SPACE}{_TURNS}])?[{_SPACE}]*$"


def _readable(name: str) -> str:
    """A name that shows something, and shows all of it in the order in which it is written. O(length)."""
    if name.isascii() and name.isprintable():
        return name
    if found := _TURNING.search(name):
        sign = f"U+{ord(found[0]):04X}"
        raise Unfit(f"it holds the control character {sign}; take it out", f"含有控制字符 {sign}，请删除")
    if all(unicodedata.category(sign) in _UNSEEN or sign in _BLANK for sign in name):
        raise Unfit("it holds no character that can be seen", "没有任何可见字符")
    return name


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME),
    AfterValidator(_readable),
    Written(NAME),
]


def _written_out(form: re.Pattern[str], en: str, zh: str) -> BeforeValidator:
    """Refuses texts of another form: a bare number would be taken for seconds since 1970."""

    def checked(value: Any) -> Any:
        if isinstance(value, str) and not form.match(value):
            raise Unfit(en, zh)
        return value

    return BeforeValidator(checked)


AskedDay = Annotated[
    date, _written_out(re.compile(r"\d{4}-\d\d-\d\d\Z"), "write a day as 2026-03-02", "日期请写作 2026-03-02")
]
AskedTime = Annotated[
    AwareDatetime,
    _written_out(
        re.compile(r"\d{4}-\d\d-\d\d[Tt ]"),
        "write a time as 2026-03-02T09:00:00Z",
        "时间请写作 2026-03-02T09:00:00Z",
    ),
]
"""A day and a time as questions write them."""


def one_of(*names: str, every: bool = False) -> ConfigDict:
    """The configuration of a record of whose fields one is filled, or with `every` at least one."""
    filled: list[Any] = [
        {"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in names
    ]
    return ConfigDict(json_schema_extra={"anyOf" if every else "oneOf": filled})


@dataclass(frozen=True, slots=True)
class Ref:
    """Metadata of a field that holds the id (or ids) of a record of another kind."""

    kind: str
    on_delete: OnDelete


def field(
    en: str,
    zh: str,
    default: Any = None,
    *,
    unit: Unit | None = None,
    klass: FieldClass | None = None,
    **limits: Any,
) -> Any:
    """A record's field with its labels; `limits` go to Pydantic (ge, le, max_length …).

    `klass` says who may see it; None leaves that to the row of the kind (`models.describe.field_class`).
    """
    extra: dict[str, Any] = {"label": {"en": en, "zh": zh}}
    if unit:
        extra["unit"] = str(unit)
    if klass:
        extra["class"] = str(klass)
    if callable(default):
        return Field(default_factory=default, title=en, json_schema_extra=extra, **limits)
    return Field(default, title=en, json_schema_extra=extra, **limits)
