"""The tables of rights: role × right, role × field class, and which right a route asks for.

A route that no row names asks for the right of administrators: a new one is closed until a row opens it.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar

from models.access import Right, Role
from models.kinds import OPEN_SPECS
from models.privacy import FieldClass

_OWN = frozenset({Right.OPEN, Right.OWN, Right.READ})
_REP = _OWN | {Right.PERSONAL, Right.WRITE}
RIGHTS: Mapping[Role, frozenset[Right]] = types.MappingProxyType(
    {
        Role.VIEWER: _OWN,
        Role.REP: _REP,
        Role.STRATEGIST: _REP | {Right.STEER},
        Role.ADMIN: frozenset(Right),
    }
)
"""What each role may do."""

_PLAIN = frozenset({FieldClass.PUBLIC, FieldClass.BUSINESS})
FIELDS: Mapping[Role, frozenset[FieldClass]] = types.MappingProxyType(
    {role: _PLAIN if role is Role.VIEWER else _PLAIN | {FieldClass.PERSONAL} for role in Role}
)
"""Which fields each role may see. Dossiers come with no role: they are a user's right of their own."""

API = "/api/v1"
"""What the addresses of the API begin with."""
_ANY, _READ, _WRITE = ("GET", "POST", "PUT", "PATCH", "DELETE"), ("GET",), ("POST", "PUT", "PATCH", "DELETE")
Row = tuple[tuple[str, ...], str, Right]
ROUTES: tuple[Row, ...] = (
    (_READ, "/livez", Right.OPEN),
    (_READ, "/readyz", Right.OPEN),
    (_READ, "/metrics", Right.WATCH),
    (_READ, "/favicon.ico", Right.OPEN),
    (_READ, "/docs", Right.OPEN),
    (_ANY, "/sign-in", Right.OPEN),
    (_READ, "/sign-in/{}", Right.OPEN),
    (_ANY, "/set-up/{}", Right.OPEN),
    (("POST",), "/sign-out", Right.OWN),
    (("POST",), "/sign-out-everywhere", Right.OWN),
    (_READ, "/", Right.READ),
    (_READ, "/week", Right.READ),
    (_READ, "/audit*", Right.ADMIN),
    (_READ, "/webhooks", Right.ADMIN),
    (_READ, "/{}.csv", Right.READ),
    (_READ, "/channels", Right.READ),
    (_READ, "/import", Right.WRITE),
    (_READ, "/samples/{}", Right.READ),
    (_READ, "/settings", Right.READ),
    (_READ, "/privacy", Right.ADMIN),
    (_READ, "/users", Right.ADMIN),
    (_READ, "/keys", Right.OWN),
    (_ANY, "/account", Right.OWN),
    (("POST",), "/account/{}", Right.OWN),
    (_READ, "/choices/{}", Right.READ),
    (_READ, "/forms/{}", Right.WRITE),
    (_READ, "/accounts/{}/contacts/*", Right.PERSONAL),
    (_READ, "/accounts/{}/history*", Right.PERSONAL),
    (_READ, "/accounts/*", Right.READ),
    (_ANY, f"{API}/privacy/*", Right.ADMIN),
    (_ANY, f"{API}/contacts/{{}}/dossier", Right.PERSONAL),
    (_READ, f"{API}/accounts/{{}}/approach/{{}}", Right.PERSONAL),
    (_READ, f"{API}/accounts/{{}}/diff", Right.PERSONAL),
    (_READ, f"{API}/accounts/{{}}/graph", Right.PERSONAL),
    (_READ, f"{API}/changes", Right.PERSONAL),
    (_READ, f"{API}/{{}}/{{}}/history", Right.PERSONAL),
    (_READ, f"{API}/edges/{{}}/{{}}/history", Right.PERSONAL),
    (_READ, f"{API}/assessments*", Right.PERSONAL),
    (_ANY, f"{API}/api-keys*", Right.OWN),
    (_ANY, f"{API}/saved-views*", Right.READ),
    (_ANY, f"{API}/users*", Right.ADMIN),
    (_READ, f"{API}/audit*", Right.ADMIN),
    (_ANY, f"{API}/webhooks*", Right.ADMIN),
    (_ANY, f"{API}/imports*", Right.WRITE),
    (_WRITE, f"{API}/changesets*", Right.WRITE),
    (("POST",), f"{API}/accounts/{{}}/what-if", Right.READ),
    (_WRITE, f"{API}/rules", Right.STEER),
    (_READ, f"{API}/rules*", Right.READ),
    *((_READ, f"{API}/{name}", Right.READ) for name in ("channels", "influencers", "me/week", "portfolio")),
    *((_READ, f"{API}/{name}*", Right.READ) for name in ("questionnaire", "search")),
    *((_READ, f"{API}/{spec.plural}*", Right.READ) for spec in OPEN_SPECS),
    *((_WRITE, f"{API}/{spec.plural}*", Right.WRITE) for spec in OPEN_SPECS),
)
"""Methods, pattern of the path ("{}" is one part, "*" at the end is anything), right. The first fit holds."""


def may(role: Role, right: Right) -> bool:
    """Whether a role has a right."""
    return right in RIGHTS[role]


def stated_right(method: str, path: str) -> Right | None:
    """The right that the first fitting row asks for; None if no row fits. O(rows)."""
    return fitting(rows(), method, path)


def right_for(method: str, path: str) -> Right:
    """The right that a request asks for: what no row names is for administrators."""
    return stated_right(method, path) or Right.ADMIN


Told = TypeVar("Told")
Forms = tuple[tuple[tuple[str, ...], re.Pattern[str], Told], ...]
"""Rows of a table of routes, ready to be compared with paths."""


@cache
def rows() -> Forms[Right]:
    """The rows of the table of rights."""
    return forms_of(ROUTES)


def forms_of(table: Iterable[tuple[tuple[str, ...], str, Told]]) -> Forms[Told]:
    """A table of methods, patterns and what they tell, as it is compared with paths."""
    return tuple((methods, _pattern(form), told) for methods, form, told in table)


def fitting(forms: Forms[Told], method: str, path: str) -> Told | None:
    """What the first fitting row tells; None if no row fits. O(rows)."""
    return next((told for methods, form, told in forms if method in methods and form.fullmatch(path)), None)


def _pattern(form: str) -> re.Pattern[str]:
    text = re.escape(form.removesuffix("*")).replace(re.escape("{}"), "[^/]+")
    return re.compile(text + (".*" if form.endswith("*") else ""), re.DOTALL)
