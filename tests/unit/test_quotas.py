"""Quotas of requests: in no window of time more than there are, and nobody's use is another's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.access.quotas import ROUTES, WINDOW_S, Quotas, Use, use_of
from tests.layers.test_rights import every_route


class Clock:
    """A clock that goes when it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def quotas(**most: int) -> tuple[Quotas, Clock]:
    clock = Clock()
    return Quotas({Use(use): number for use, number in most.items()}, clock), clock


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 5))
def test_no_window_has_more_than_its_quota_and_none_is_refused_without_need(
    pauses: list[float], most: int
) -> None:
    counted, clock = quotas(read=most)
    answered: list[float] = []
    for pause in pauses:
        clock.now += pause
        standing = counted.count(Use.READ, "mia")
        assert standing is not None
        recent = [at for at in answered if at > clock.now - WINDOW_S]
        assert standing.over is (len(recent) >= most)
        if not standing.over:
            answered.append(clock.now)
            recent.append(clock.now)
        assert standing.left == most - len(recent)


def test_who_waits_as_long_as_he_is_told_is_answered() -> None:
    counted, clock = quotas(write=2)
    counted.count(Use.WRITE, "mia")
    clock.now += 12.3
    counted.count(Use.WRITE, "mia")
    refused = counted.count(Use.WRITE, "mia")
    assert refused is not None
    assert (refused.over, refused.left, refused.wait_s) == (True, 0, 48)
    clock.now += refused.wait_s
    again = counted.count(Use.WRITE, "mia")
    assert again is not None
    assert not again.over


def test_users_and_uses_are_counted_apart_and_zero_is_no_limit() -> None:
    counted, _ = quotas(read=1, write=1, heavy=0)
    for use, who in ((Use.READ, "mia"), (Use.READ, "ben"), (Use.WRITE, "mia")):
        standing = counted.count(use, who)
        assert standing is not None
        assert not standing.over
    assert counted.count(Use.HEAVY, "mia") is None
    assert counted.count(Use.IMPORT, "mia") is None


def test_who_stays_away_takes_no_room() -> None:
    counted, clock = quotas(read=5)
    for number in range(100):
        counted.count(Use.READ, f"from {number}")
    assert len(counted) == 100
    clock.now += WINDOW_S
    counted.count(Use.READ, "mia")
    assert len(counted) == 1


@pytest.mark.parametrize(
    ("method", "path", "use"),
    [
        ("GET", "/livez", None),
        ("POST", "/sign-in", Use.SIGN_IN),
        ("GET", "/sign-in", Use.READ),
        ("POST", "/set-up/secret", Use.SIGN_IN),
        ("GET", "/api/v1/contacts/ada", Use.READ),
        ("PATCH", "/api/v1/contacts/ada", Use.WRITE),
        ("POST", "/api/v1/imports", Use.IMPORT),
        ("GET", "/api/v1/imports/1", Use.READ),
        ("GET", "/api/v1/accounts/acme", Use.READ),
        ("GET", "/api/v1/accounts/acme/chains", Use.HEAVY),
        ("POST", "/api/v1/accounts/acme/what-if", Use.HEAVY),
        ("GET", "/api/v1/accounts/acme/views/org-chart.svg", Use.HEAVY),
        ("GET", "/accounts/acme/org-chart", Use.HEAVY),
        ("POST", "/api/v1/privacy/ada/erase", Use.HEAVY),
    ],
)
def test_what_a_request_counts_as(method: str, path: str, use: Use | None) -> None:
    assert use_of(method, path) is use


def test_every_row_of_the_table_is_the_first_fit_of_some_route() -> None:
    routes = list(every_route())
    for methods, form, use in ROUTES:
        pattern = re.escape(form).replace(r"\{\}", "[^/]+").replace(r"\*", ".*")
        met = [route for route in routes if route[0] in methods and re.fullmatch(pattern, route[1])]
        assert any(use_of(*route) is use for route in met), form
