"""What can be searched for, and the page of what was found."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from models.enums import NodeKind
from models.fields import Id, Unfit, Written
from models.findings.base import Finding
from queries.search.asked import MOST_LETTERS
from queries.search.ranking import Found
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


def place_of(told: bytes | None) -> Place | None:
    """A place as a cursor holds it; None for the beginning."""
    if told is None:
        return None
    score, kind, name, id_ = orjson.loads(told)
    return float(score), int(kind), str(name), str(id_)


class SearchProvenance(Finding):
    """How the records were found; accounts have sequences of their own, a search over many has none."""

    algorithm: str = "search"
    version: str = "1"
    parameters: dict[str, Any]
    on: date


class SearchPage(Finding):
    """Records found, best first. `truncated`: so many begin like this that not all were looked at."""

    items: list[Found]
    next_cursor: str | None = None
    truncated: bool
    provenance: SearchProvenance
