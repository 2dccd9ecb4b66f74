"""Every route states its right: what no row of the table names is closed to all but administrators."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from fastapi import APIRouter
from fastapi.routing import APIRoute, _IncludedRouter

from graphsvc.access.rights import RIGHTS, right_for, rows, stated_right
from graphsvc.app import routers
from models.access import Right, Role


def every_route() -> Iterator[tuple[str, str]]:
    """Method and path of every route of the app, its parameters as they are written."""
    for prefix, router in routers():
        yield from _walked(router, prefix)


def _walked(router: APIRouter, prefix: str) -> Iterator[tuple[str, str]]:
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield from ((method, f"{prefix}{route.path}") for method in route.methods)
        else:  # a router inside a router
            assert isinstance(route, _IncludedRouter), f"how is {route} walked?"
            yield from _walked(route.original_router, f"{prefix}{route.include_context.prefix}")


def test_every_route_states_its_right() -> None:
    routes = list(every_route())
    assert len(routes) > 150
    silent = sorted(route for route in routes if stated_right(*route) is None)
    assert silent == [], "name them in ROUTES of graphsvc/access/rights.py"


def test_every_row_is_of_some_route() -> None:
    routes = list(every_route())
    idle = [
        form for methods, form, _ in rows() if not any(m in methods and form.fullmatch(p) for m, p in routes)
    ]
    pages = {"/accounts/[^/]+/history.*"}  # its route is that of all pages of an account
    assert {form.pattern for form in idle} <= pages


def test_what_nobody_named_is_for_administrators() -> None:
    assert right_for("GET", "/api/v1/accounts-of-others") is not Right.OPEN
    assert right_for("GET", "/nobody/named/this") is Right.ADMIN
    assert right_for("TRACE", "/api/v1/accounts") is Right.ADMIN
    assert right_for("GET", "/livez/else") is Right.ADMIN


def test_each_role_may_do_what_the_one_before_may() -> None:
    roles = list(Role)
    for narrow, wide in pairwise(roles):
        assert RIGHTS[narrow] < RIGHTS[wide]
    assert Right.WRITE not in RIGHTS[Role.VIEWER]
    assert RIGHTS[Role.ADMIN] == frozenset(Right)
