"""How pages are found: six groups of pages, and the addresses that keep what is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from models.enums import ViewName
from models.terms import Term

KEPT = ("opportunity_id", "step", "on", "as_of", "member", "lang")
"""What links from page to page keep, beside the account."""
KEPT_ELSEWHERE = tuple(name for name in KEPT if name != "opportunity_id")
"""The same to another account: a purchase belongs to one."""


class Group(Term):
    """What a page of an account is about."""

    PEOPLE = "people", "People", "人员"
    INFLUENCE = "influence", "Influence", "影响力"
    RELATIONSHIP = "relationship", "Relationship", "客情关系"
    COMPETITION = "competition", "Competition", "竞争"
    DEAL = "deal", "Deal", "项目"
    HISTORY = "history", "History", "历史"


@dataclass(frozen=True, slots=True)
class Link:
    """A page in the navigation, in words; `path` leads there from what it is about, "" being that itself."""

    name: str
    path: str
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Links:
    """The pages of a group."""

    title: str
    links: tuple[Link, ...]

    def has(self, name: str) -> bool:
        """Whether the page called `name` is in the group."""
        return any(link.name == name for link in self.links)


def address(query: Mapping[str, str], path: str = "", **changes: str | None) -> str:
    """A link to `path` (default: this page) with the query changed; None or "" takes a name out."""
    merged = {name: value for name, value in {**query, **changes}.items() if value}
    return f"{path}?{urlencode(merged)}" if merged else path or "?"


def kept(query: Mapping[str, str], path: str, elsewhere: bool = False, **more: str | None) -> str:
    """A link to another page that keeps what is looked at; `elsewhere`: a page of another account."""
    names = KEPT_ELSEWHERE if elsewhere else KEPT
    return address({name: query[name] for name in names if name in query}, path, **more)


_ASKED = ("opportunity_id", "step", "on", "as_of")
_CHAIN = ("target_id", "source_id", "chain")
_ROOM_FOR, _ROOMY, _NARROW = 80, "(min-width: 1501px)", "not all and (min-width: 1501px)"


def first_views(
    view: ViewName, account_id: str, people: int, query: Mapping[str, str], lang: str
) -> list[tuple[str, str]]:
    """What the scripts of a map ask for first (`viewAddress` in static/address.js), by window ("" is any).

    The browser can ask for it while it still reads the scripts.
    """
    names = _ASKED if view is ViewName.ORG_CHART else (*_ASKED, *_CHAIN)
    asked = {name: query[name] for name in names if name in query} | {"lang": lang}
    place = f"/api/v1/accounts/{quote(account_id, safe='')}/views/{view}"
    unfold = query.get("unfold", "")
    if unfold == "none" and "target_id" not in query:
        return [("", address(asked, place))]
    if unfold or people > _ROOM_FOR:
        return [("", address(asked, place, unfold=unfold))]
    return [(_ROOMY, address(asked, place, unfold="all")), (_NARROW, address(asked, place))]
