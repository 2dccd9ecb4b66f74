"""Lists and answers a page at a time.

Answers count places, in the state they were made of; lists that others write to go on after a key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

import orjson
from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from graphsvc.web.callers import caller_of
from graphsvc.web.cursors import Turning, place_told, turning
from graphsvc.web.expanding import Expandable
from models.findings.base import Answer

MOST = 200
USUAL = 50
Answered = TypeVar("Answered", bound=Answer)  # type: ignore[type-arg]
Item = TypeVar("Item")
_OF_NO_PAGE = {"limit", "cursor", "lang"}
"""What may differ from page to page."""
_OF_NO_QUESTION = {*_OF_NO_PAGE, "on", "as_of"}
"""The same of answers: the day and the time are those of the answer, asked for or not."""
_COUNTED = b"\0"
"""How places that are numbers begin; no key of a list does."""


class Turned(BaseModel):
    """The query names every list of the API takes beside its own."""

    limit: int | None = Field(USUAL, ge=1, le=MOST, description="Items on a page.")
    cursor: str | None = Field(None, max_length=200, description="Where the page starts: a next_cursor.")
    lang: Literal["en", "zh"] | None = Field(None, description="Language of names and messages.")


class Paged(Turned, Expandable):
    """The query names every paged answer of the API takes beside its own."""


class ListPage(Turned):
    """A page of a list that can be asked nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid")


async def page_of(request: Request, answer: Answered, asked: Paged) -> Answered:
    """The page of an answer that `asked` names. Raises InvalidInput for a cursor that is not of this answer.

    A cursor belongs to the question (address, query, day, time) and to what the answer was made of: the
    account as it is, the rules, the algorithm, and what the caller may see.
    """
    made = answer.provenance
    state = made.model_dump(include={"version", "rules_version", "account_sequence", "firm_sequence"})
    items, more = await page_in(request, answer.items, asked, state, (made.on, made.as_of))
    return answer.model_copy(update={"items": items, "next_cursor": more})


async def page_in(
    request: Request, items: list[Item], asked: Turned, state: object, when: object = None
) -> tuple[list[Item], str | None]:
    """The items of a page, and the cursor of the next one if more follow. Raises InvalidInput as `page_of`.

    `state` is what the items were made of, `when` the day and time they are of.
    """
    query = asked.model_dump(mode="json", exclude=_OF_NO_QUESTION)
    pages = await turning(request, asked.cursor, (query, when), (state, _sight(request)))
    start = _number(pages.start)
    end = start + (asked.limit or USUAL)
    return items[start:end], pages.cursor(_COUNTED + b"%d" % end) if end < len(items) else None


async def needed(request: Request, asked: Paged) -> int:
    """How many items of an answer its page rests on: those up to its end, and one to tell that more follow.

    For answers whose items are costly to make; `page_of` then checks what the cursor belongs to.
    """
    start = _number(await place_told(request, asked.cursor)) if asked.cursor else 0
    return start + (asked.limit or USUAL) + 1


async def pages_of(request: Request, asked: BaseModel) -> Turning:
    """The pages of a list that goes on after a key, asked by a query with a `cursor`. Raises InvalidInput."""
    query = asked.model_dump(mode="json", exclude=_OF_NO_PAGE)
    return await turning(request, getattr(asked, "cursor", None), query)


async def page_after(
    request: Request, items: Sequence[Item], asked: Turned, key: Callable[[Item], Any], falling: bool = False
) -> tuple[list[Item], str | None]:
    """A page of a whole list in the order of `key` (numbers, texts or lists of them), and the next cursor.

    What is written meanwhile neither repeats an item nor leaves one out. O(items). Raises InvalidInput.
    """
    pages = await pages_of(request, asked)
    rest = list(items)
    if pages.start is not None:
        start = orjson.loads(pages.start)
        rest = [item for item in rest if (key(item) < start if falling else key(item) > start)]
    page = rest[: asked.limit or USUAL]
    return page, pages.cursor(orjson.dumps(key(page[-1]))) if len(rest) > len(page) else None


def _number(place: bytes | None) -> int:
    """A place that is a number; 0 for none, and for a key of some other list."""
    return int(place[1:]) if place and place.startswith(_COUNTED) else 0


def _sight(request: Request) -> object:
    """What the caller may see: others have other items at the same places."""
    caller = caller_of(request)
    if caller is None:
        return None
    seen = None if caller.accounts is None else sorted(caller.accounts)
    return seen, sorted(caller.classes)
