"""Answers a page at a time: the cursor names the place and the state of the account it belongs to."""

from __future__ import annotations

import base64
from typing import Literal, TypeVar

from pydantic import BaseModel, Field

from models.faults import Code, Fault, InvalidInput
from models.fields import Label
from models.findings.base import Answer

MOST = 200
USUAL = 50
Answered = TypeVar("Answered", bound=Answer)  # type: ignore[type-arg]


class Paged(BaseModel):
    """The query names every paged answer of the API takes beside its own."""

    limit: int | None = Field(USUAL, ge=1, le=MOST, description="Items on a page.")
    cursor: str | None = Field(None, max_length=200, description="Where the page starts: a next_cursor.")
    lang: Literal["en", "zh"] | None = Field(None, description="Language of names and messages.")


def page_of(answer: Answered, asked: Paged) -> Answered:
    """The page of an answer that `asked` names. Raises InvalidInput if the account has changed since."""
    state = f"{answer.provenance.account_sequence}.{answer.provenance.firm_sequence}"
    start = start_of(asked.cursor, state) if asked.cursor else 0
    end = start + (asked.limit or USUAL)
    more = cursor_of(end, state) if end < len(answer.items) else None
    return answer.model_copy(update={"items": answer.items[start:end], "next_cursor": more})


def needed(asked: Paged) -> int:
    """How many items of an answer its page rests on: those up to its end, and one to tell that more follow.

    For answers whose items are costly to make; `page_of` then checks the cursor.
    """
    return (_start(asked.cursor)[0] if asked.cursor else 0) + (asked.limit or USUAL) + 1


def cursor_of(start: int, state: str) -> str:
    """The cursor of the page that begins at an item, as long as the state is this."""
    return base64.urlsafe_b64encode(f"{start}/{state}".encode()).decode().rstrip("=")


def start_of(cursor: str, state: str) -> int:
    """Where the page of a cursor begins. Raises InvalidInput if the state is another by now."""
    start, then = _start(cursor)
    if then == state:
        return start
    said = Label("the account has changed since; start again", "客户数据已变更，请从头读取")
    raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": said}, pointer="/query/cursor"))


def _start(cursor: str) -> tuple[int, str]:
    """Where a cursor says its page begins, and in which state. Raises InvalidInput for none of ours."""
    try:
        place, _, then = base64.urlsafe_b64decode(cursor + "===").decode().partition("/")
        start = int(place)
    except ValueError:
        start, then = -1, ""
    if start < 0 or not then:
        said = Label("this cursor was not made by this service", "该游标不是由本服务生成")
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": said}, pointer="/query/cursor"))
    return start, then
