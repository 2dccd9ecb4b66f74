"""What can be searched for, and the page of what was found."""

from __future__ import annotations

import base64
from datetime import date
from typing import Annotated, Any, Literal

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from models.enums import NodeKind
from models.faults import Code, Fault, InvalidInput
from models.fields import Id, Label, Unfit, Written
from models.findings.base import Finding
from queries.search.asked import MOST_LETTERS
from queries.search.ranking import Found, order
from queries.search.texts import NAMED

Place = tuple[float, int, str, str]
"""The place of a record among those found: after it the next page begins."""


def _readable(text: str) -> str:
    if "\x00" in text:
        raise Unfit("it holds a NUL character", "其中含有 NUL 字符")
    return text


def _found(kind: NodeKind) -> NodeKind:
    if kind not in NAMED:
        raise Unfit(
            f"{kind} has no names to search; use one of {', '.join(NAMED)}", f"{kind} 没有可搜索的名称"
        )
    return kind


SearchText = Annotated[
    str, Field(max_length=MOST_LETTERS), AfterValidator(_readable), Written(r"^[^\u0000]*$")
]
FoundKind = Annotated[
    NodeKind,
    AfterValidator(_found),
    WithJsonSchema({"type": "string", "enum": [str(kind) for kind in NAMED]}),
]


class SearchQuery(BaseModel):
    """The question of `GET /search` and of `graphsvc search`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: SearchText = Field(
        description="Names in any script, pinyin or its initials, titles, departments, addresses."
    )
    kind: FoundKind | None = Field(None, description="Only records of this kind.")
    account_id: Id | None = Field(None, description="Only records of this account.")
    limit: int = Field(50, ge=1, le=200, description="Records on a page.")
    cursor: str | None = Field(None, max_length=2000, description="Where the page starts: a next_cursor.")
    lang: Literal["en", "zh"] | None = Field(None, description="Language of messages.")

    def start(self) -> Place | None:
        """The place after which the page begins. Raises InvalidInput."""
        if self.cursor is None:
            return None
        try:
            place = orjson.loads(base64.urlsafe_b64decode(self.cursor + "==="))
            score, kind, name, id_ = place
            return float(score), int(kind), str(name), str(id_)
        except (ValueError, TypeError) as error:
            detail = Label("this cursor was not made by this service", "该游标不是由本服务生成")
            raise InvalidInput(
                Fault(Code.INVALID_VALUE, {"detail": detail}, pointer="/query/cursor")
            ) from error


def cursor_after(found: Found) -> str:
    """The cursor of the page that follows a record."""
    return base64.urlsafe_b64encode(orjson.dumps(order(found))).decode().rstrip("=")


class SearchProvenance(Finding):
    """How the records were found; accounts have sequences of their own, a search over many has none."""

    algorithm: str = "search"
    version: str = "1"
    parameters: dict[str, Any]
    on: date


class SearchPage(Finding):
    """Records found, best first. `truncated`: so many begin like this that not all were looked at."""

    items: list[Found]
    next_cursor: str | None
    truncated: bool
    provenance: SearchProvenance
