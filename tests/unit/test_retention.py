"""What may be kept no longer, by hand, day by day."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.enums import Kind
from models.privacy import RetentionRule
from models.records import Body
from queries.privacy.retention import Periods, due
from tests.contract.writing import E, N, put, tie

TODAY = date(2026, 6, 15)
ALL = Periods(personal=365, notes=100, actions=10)


def rows(*puts: Any) -> list[tuple[Kind, Body]]:
    return [(change.kind, change.body) for change in puts]


def found(*puts: Any, periods: Periods = ALL) -> list[tuple[str, RetentionRule, tuple[str, ...]]]:
    return [(row.id, row.rule, row.fields) for row in due(rows(*puts), periods, TODAY)]


def item(day: str) -> Body:
    return {"text": day, "basis": "consent", "source": "us", "expires_on": day}


def test_an_item_of_a_dossier_is_kept_on_its_last_day_and_no_longer() -> None:
    held = put(N.DOSSIER, "d", pets=[item("2026-06-15"), item("2026-06-14")], goals=item("2026-06-14"))
    (row,) = due(rows(held), Periods(), TODAY)
    assert (row.rule, set(row.fields)) == (RetentionRule.DOSSIER, {"pets", "goals"})
    assert row.left is not None
    assert row.left["pets"] == [item("2026-06-15")]
    assert "goals" not in row.left
    assert found(put(N.DOSSIER, "d", pets=[item("2026-06-15")])) == []


def test_personal_fields_go_when_the_last_job_has_been_over_long_enough() -> None:
    told = {"status": "left", "personality": "driver", "wants": {"status": 1}, "needs": {"cost": 2}}
    ana, job = put(N.CONTACT, "ana", **told), tie(E.WORKS_IN, "ana", "lab", until="2025-06-14")
    (row,) = due(rows(ana, job), ALL, TODAY)
    assert (row.id, row.rule, row.fields) == ("ana", RetentionRule.PERSONAL, ("personality", "wants"))
    assert row.left is not None
    assert (row.left["name"], row.left["needs"], row.left["wants"]) == ("Ana", {"cost": 2}, {})
    others = {
        "the day itself": [ana, tie(E.WORKS_IN, "ana", "lab", until="2025-06-15")],
        "another job": [ana, job, tie(E.WORKS_IN, "ana", "bench", until="2026-01-01")],
        "a job without end": [ana, job, tie(E.WORKS_IN, "ana", "bench")],
        "no job known": [ana],
        "still there": [put(N.CONTACT, "ana", **{**told, "status": "active"}), job],
        "nothing personal": [put(N.CONTACT, "ana", status="left"), job],
    }
    assert {why: found(*puts) for why, puts in others.items()} == {why: [] for why in others}


def test_old_notes_go_and_what_happened_stays() -> None:
    old, new = "2026-03-06T23:00:00Z", "2026-03-07T00:00:00Z"
    assert found(
        put(N.INTERACTION, "old", at=old, kind="call", note="x"),
        put(N.INTERACTION, "new", at=new, kind="call", note="x"),
        put(N.INTERACTION, "mute", at=old, kind="call"),
        put(N.ASSESSMENT, "sheet", at=old, member_id="mia", contact_id="ana", answers={"P1": 1}, note="x"),
    ) == [("old", RetentionRule.NOTES, ("note",)), ("sheet", RetentionRule.NOTES, ("note",))]


def test_actions_go_when_they_have_been_done_long_enough() -> None:
    assert found(
        put(N.ACTION, "done", done_on="2026-06-04"),
        put(N.ACTION, "lately", done_on="2026-06-05"),
        put(N.ACTION, "open", due="2020-01-01"),
    ) == [("done", RetentionRule.ACTIONS, ())]


def test_without_periods_only_dossiers_have_their_day() -> None:
    assert (
        found(
            put(N.CONTACT, "ana", status="left", personality="driver"),
            tie(E.WORKS_IN, "ana", "lab", until="1999-01-01"),
            put(N.INTERACTION, "old", at="1999-01-01T00:00:00Z", kind="call", note="x"),
            put(N.ACTION, "done", done_on="1999-01-01"),
            periods=Periods(),
        )
        == []
    )
