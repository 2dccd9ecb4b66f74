"""Answers a page at a time: a cursor names the place, the question and the state it belongs to."""

from __future__ import annotations

import base64
import hashlib
from typing import Literal, TypeVar

from fastapi import Request
from pydantic import BaseModel, Field

from models.faults import Code, Fault, InvalidInput
from models.fields import Label
from models.findings.base import Answer

MOST = 200
USUAL = 50
Answered = TypeVar("Answered", bound=Answer)  # type: ignore[type-arg]
Item = TypeVar("Item")
_OF_NO_QUESTION = {"limit", "cursor", "lang", "on", "as_of"}
"""What may differ from page to page; the day and the time are those of the answer, asked for or not."""


class Paged(BaseModel):
    """The query names every paged answer of the API takes beside its own."""

    limit: int | None = Field(USUAL, ge=1, le=MOST, description="Items on a page.")
    cursor: str | None = Field(None, max_length=200, description="Where the page starts: a next_cursor.")
    lang: Literal["en", "zh"] | None = Field(None, description="Language of names and messages.")


def page_of(request: Request, answer: Answered, asked: Paged) -> Answered:
    """The page of an answer that `asked` names. Raises InvalidInput for a cursor that is not of this answer.

    A cursor belongs to the question (address, query, day, time) and to what the answer was made of: the
    account as it is, the rules and the algorithm.
    """
    made = answer.provenance
    state = made.model_dump(include={"version", "rules_version", "account_sequence", "firm_sequence"})
    items, more = page_in(request, answer.items, asked, state, (made.on, made.as_of))
    return answer.model_copy(update={"items": items, "next_cursor": more})


def page_in(
    request: Request, items: list[Item], asked: Paged, state: object, when: object = None
) -> tuple[list[Item], str | None]:
    """The items of a page, and the cursor of the next one if more follow. Raises InvalidInput as `page_of`.

    `state` is what the items were made of, `when` the day and time they are of.
    """
    query = asked.model_dump(mode="json", exclude=_OF_NO_QUESTION)
    marks = [_mark(request.url.path, query, when), _mark(state)]
    start = 0
    if asked.cursor:
        start, *then = _read(asked.cursor)
        if then[0] != marks[0]:
            raise _refusal("this cursor belongs to another question", "该游标属于另一个问题")
        if then[1] != marks[1]:
            raise _refusal(
                "the account or the rules have changed since; start again",
                "客户数据或规则已变更，请从头读取",
            )
    end = start + (asked.limit or USUAL)
    more = _cursor(end, marks) if end < len(items) else None
    return items[start:end], more


def needed(asked: Paged) -> int:
    """How many items of an answer its page rests on: those up to its end, and one to tell that more follow.

    For answers whose items are costly to make; `page_of` then checks the cursor.
    """
    return (_read(asked.cursor)[0] if asked.cursor else 0) + (asked.limit or USUAL) + 1


def _mark(*parts: object) -> str:
    """A short mark of some values: others have another one."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _cursor(start: int, marks: list[str]) -> str:
    return base64.urlsafe_b64encode("/".join((str(start), *marks)).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[int, str, str]:
    """Where a cursor says its page begins, of which question and state. Raises InvalidInput for no cursor."""
    try:
        place, question, state = base64.urlsafe_b64decode(cursor + "===").decode().split("/")
        start = int(place)
    except ValueError:
        start, question, state = -1, "", ""
    if start < 0:
        raise _refusal("this cursor was not made by this service", "该游标不是由本服务生成")
    return start, question, state


def _refusal(en: str, zh: str) -> InvalidInput:
    return InvalidInput(Fault(Code.INVALID_VALUE, {"detail": Label(en, zh)}, pointer="/query/cursor"))
