"""When the decision layer can be reached directly, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.enums import Step, Window
from queries.chains.windows import open_windows, step_of, window_of
from tests.deals import TODAY, Deal

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


def deal(**others: dict[str, Any]) -> Deal:
    """An opportunity "line" at design since May, and others."""
    made = Deal().opportunity("line", step="design", step_since=MAY.isoformat())
    for id_, fields in others.items():
        made.opportunity(id_, **fields)
    return made


def window(
    made: Deal, opportunity: str | None = "line", step: Step | None = None
) -> tuple[Window | None, Any]:
    graph = made.graph()
    return window_of(graph, opportunity, step_of(graph, opportunity, step), TODAY)


def accepted(on: str) -> dict[str, Any]:
    return {"step": "install", "status": "won", "milestones": [{"stage": "deliver", "reached_on": on}]}


def test_it_is_shut_away_from_brew_while_nothing_is_installed() -> None:
    assert window(deal()) == (Window.SHUT, MAY)


def test_it_opens_at_brew_of_this_opportunity_and_of_no_other() -> None:
    brew = {"step": "brew", "step_since": JUNE.isoformat()}
    assert window(deal(other=brew)) == (Window.SHUT, MAY)
    assert window(deal(other=brew), "other") == (Window.OPEN, JUNE)


@pytest.mark.parametrize("status", ["open", "won"])
def test_it_is_open_while_anything_is_being_installed(status: str) -> None:
    install = {"step": "install", "status": status, "step_since": JUNE.isoformat()}
    assert window(deal(other=install)) == (Window.OPEN, JUNE)
    assert window(deal(other=install), None, Step.COMMIT) == (Window.OPEN, JUNE)


def test_of_two_open_windows_the_first_says_since_when() -> None:
    install = {"step": "install", "status": "won", "step_since": MAY.isoformat()}
    brew = {"step": "brew", "step_since": JUNE.isoformat()}
    assert window(deal(other=install, plan=brew), "plan") == (Window.OPEN, MAY)


def test_a_lost_opportunity_opens_nothing() -> None:
    assert window(deal(other={"step": "install", "status": "lost"})) == (Window.SHUT, MAY)


def test_acceptance_shuts_the_window_of_the_installation() -> None:
    assert window(deal(other=accepted("2025-06-10"))) == (Window.SHUT, date(2025, 6, 10))
    assert window(deal(other=accepted("2025-03-10"))) == (Window.SHUT, MAY)
    assert window(deal(other=accepted("2025-06-16"))) == (Window.OPEN, None)
    assert window(deal(other=accepted("2025-06-10")), "other") == (Window.SHUT, date(2025, 6, 10))


def test_another_step_can_be_tried_and_has_no_date() -> None:
    assert window(deal(), step=Step.BREW) == (Window.OPEN, None)
    assert window(deal(), step=Step.INSTALL) == (Window.OPEN, None)
    assert window(deal(), step=Step.COMMIT) == (Window.SHUT, None)
    assert window(deal(), None, Step.INSTALL) == (Window.OPEN, None)
    assert window(deal(), None, Step.COMMIT) == (Window.SHUT, None)


def test_without_a_step_there_is_no_window() -> None:
    assert window(deal(), None) == (None, None)


def test_each_open_window_says_why_since_when_and_until_when() -> None:
    install = {
        "step": "install",
        "status": "won",
        "step_since": MAY.isoformat(),
        "milestones": [{"stage": "deliver", "planned_on": "2025-07-01"}],
    }
    brew = {"step": "brew", "step_since": JUNE.isoformat()}
    graph = deal(other=install, plan=brew, done=accepted("2025-06-10")).graph()
    found = [
        (one.opportunity_id, one.step, one.since, one.shuts_on)
        for one in open_windows(graph, "plan", Step.BREW, TODAY)
    ]
    own, other = ("plan", Step.BREW, JUNE, None), ("other", Step.INSTALL, MAY, date(2025, 7, 1))
    assert found == [own, other]
    assert [one.opportunity_id for one in open_windows(graph, "line", Step.DESIGN, TODAY)] == ["other"]
    (itself,) = open_windows(graph, "other", Step.INSTALL, TODAY)
    assert (itself.opportunity_id, itself.shuts_on) == ("other", date(2025, 7, 1))
    assert open_windows(graph, None, None, TODAY) == []


def test_a_day_of_acceptance_still_to_come_is_when_the_window_shuts() -> None:
    (ahead,) = open_windows(deal(other=accepted("2025-06-16")).graph(), "line", Step.DESIGN, TODAY)
    assert ahead.shuts_on == date(2025, 6, 16)
