"""Advice about single people: signers, champions, hidden influencers, opponents, advocates."""

from __future__ import annotations

from typing import Any

import pytest

from models.anonymous import ERASED_NAME
from models.enums import Function, Level
from queries.advice.answer import advice
from tests.advised import Account, back, fired, texts
from tests.deals import TODAY

PRICE = [{"code": "price"}]


def signer(attitude: int | None = 0, step: str = "brew", **ana: Any) -> Account:
    """Ana decides on the line, met last week, her concerns known."""
    account = Account().member("mia")
    account.opportunity("line", step=step).contact("ana", Level.DECISION, Function.EXECUTIVE, **ana)
    account.plays("ana", "line", "decision_maker", attitude=attitude, concerns=PRICE)
    return account


@pytest.mark.parametrize(("attitude", "word"), [(-2, "against"), (-1, "sceptical"), (0, None), (None, None)])
def test_a_signer_against_us_is_a_veto(attitude: int | None, word: str | None) -> None:
    said = texts(signer(attitude), "veto")
    expected = [f"Line: Ana (decision maker) is {word}: a veto, whatever the others think."] if word else []
    assert said == expected
    assert texts(signer(attitude, status="left"), "veto") == []
    assert texts(signer(attitude, restricted=True), "veto") == []


def test_who_only_evaluates_has_no_veto() -> None:
    account = Account().opportunity("line").contact("ana").plays("ana", "line", "evaluator", attitude=-2)
    assert texts(account, "veto") == []


def test_signers_are_to_be_met_from_brew_on() -> None:
    assert texts(signer(step="discover"), "signer-unmet") == []
    unmet = "Ana (decision maker in Line) has never spoken with any of ours."
    assert texts(signer(), "signer-unmet") == [unmet]
    assert texts(signer().met("mia", "ana", 400), "signer-unmet") == []
    written = signer().met("mia", "ana", 4, "email", direction="ours")
    assert texts(written, "signer-unmet") == [unmet], "a mail nobody answered is no talk"


def test_one_person_is_named_once_whatever_he_signs() -> None:
    account = signer().opportunity("more", step="design").plays("ana", "more", "approver")
    (item,) = fired(account, "signer-unmet")
    assert item.text == "Ana (decision maker, approver in More, Line) has never spoken with any of ours."
    assert item.opportunity_id is None
    (item,) = fired(account, "signer-unmet", opportunity_id="more")
    assert item.text == "Ana (approver in More) has never spoken with any of ours."


def test_a_seat_without_a_name_is_to_be_named_and_nothing_else() -> None:
    account = signer(None, placeholder=True)
    (item,) = fired(account, "name-unknown")
    assert item.text == "Ana (decision maker in Line): nobody knows the name."
    assert item.suggested is not None
    assert (item.suggested.text, item.suggested.contact_id) == ("Find out the name: Ana.", "ana")
    for rule in ("signer-unmet", "attitude-unknown", "veto", "concerns-unknown"):
        assert texts(account, rule) == []


def test_nothing_is_advised_about_who_was_erased() -> None:
    account = signer(-2, placeholder=True, name=ERASED_NAME, latin_name="erased").met("mia", "ana", 300)
    account.met("mia", "ana", 40, "complaint").courts("rex", "ana", 60)
    said = [(item.rule, item.text) for item in advice(account.graph(), on=TODAY).items]
    assert [text for _, text in said if ERASED_NAME in text] == []
    assert ("complaint-open", "A complaint is open for 40 days: nobody named.") in said
    assert not {"name-unknown", "veto", "rival-leads", "contact-overdue"} & {rule for rule, _ in said}


def test_what_signers_think_and_ask_for_is_to_be_known() -> None:
    assert texts(signer(None), "attitude-unknown") == [
        "Line: nobody knows what Ana (decision maker) thinks of us."
    ]
    assert texts(signer(0), "attitude-unknown") == texts(signer(0), "concerns-unknown") == []
    bare = Account().opportunity("line", step="brew").contact("ana").plays("ana", "line", "approver")
    assert len(texts(bare, "concerns-unknown")) == 1


def test_somebody_with_a_voice_speaks_for_us_from_design_on() -> None:
    def missing(*roles: str, step: str = "design", **part: Any) -> int:
        account = Account().opportunity("line", step=step).contact("ana")
        return len(texts(account.plays("ana", "line", *roles, **part), "no-champion"))

    assert missing("user", step="brew") == 0
    assert missing("user") == 1
    assert missing("champion") == 0
    assert missing("champion", attitude=-1) == missing("champion", voice=0) == 1
    assert missing("user", attitude=2, voice=2) == 0
    assert missing("user", attitude=2, voice=1) == missing("user", attitude=1, voice=3) == 1
    able = Account().opportunity("line", step="design").contact("ana")
    (item,) = fired(able.plays("ana", "line", "user", attitude=1, voice=2), "no-champion")
    assert item.suggested is not None
    assert item.suggested.text == "Line: win a champion among those who have a voice, such as Ana."


def test_a_champion_is_in_touch_within_the_cadence() -> None:
    def silent(ago: int, level: Level = Level.MANAGEMENT) -> list[str]:
        account = Account().tier("A").member("mia").opportunity("line").contact("ana", level, Function.USER)
        return texts(account.plays("ana", "line", "champion").met("mia", "ana", ago), "champion-silent")

    assert silent(21) == silent(60, Level.DECISION) == []
    assert silent(22) == ["Ana, our champion: no two-way contact for 22 days; the rhythm is 21 days."]


def crowd(boss_attitude: int | None, known: bool = True, tie: str = "reports") -> Account:
    """Ana is against us; Bo, her boss (or who influences her, or a friend), thinks as asked for."""
    account = Account().member("mia").opportunity("line").contact("ana").contact("bo")
    account.plays("ana", "line", "user", attitude=-2).plays("bo", "line", "user", attitude=boss_attitude)
    match tie:
        case "reports":
            account.reports("ana", "bo")
        case "influences":
            account.influences("bo", "ana", 0.4)
        case "bond":
            account.bond("ana", "bo", polarity=1)
        case "quarrel":
            account.bond("ana", "bo", polarity=-1)
        case "dotted":
            account.reports("ana", "bo", line="dotted")
    return account.knows("mia", "bo", 3) if known else account


@pytest.mark.parametrize(
    ("asked", "unanswered"),
    [
        ({"boss_attitude": 1}, False),
        ({"boss_attitude": 1, "tie": "influences"}, False),
        ({"boss_attitude": 1, "tie": "bond"}, False),
        ({"boss_attitude": 1, "tie": "quarrel"}, True),
        ({"boss_attitude": 1, "tie": "dotted"}, True),
        ({"boss_attitude": 1, "known": False}, True),
        ({"boss_attitude": 0}, True),
        ({"boss_attitude": None}, True),
    ],
)
def test_an_opponent_is_answered_by_whom_he_listens_to(asked: dict[str, Any], unanswered: bool) -> None:
    assert len(fired(crowd(**asked), "opponent-unanswered")) == unanswered


def test_an_influence_in_another_purchase_answers_nobody() -> None:
    account = crowd(1, tie="none").opportunity("other").influences("bo", "ana", 0.9, opportunity_id="other")
    assert [item.opportunity_id for item in fired(account, "opponent-unanswered")] == ["line"]


def test_a_hidden_influencer_is_to_be_met_through_who_follows_him() -> None:
    account = Account().member("mia").contact("boss", Level.DECISION, Function.EXECUTIVE)
    account.contact("bo", Level.MANAGEMENT, Function.USER).contact("ana", Level.OPERATIONAL, Function.USER)
    account.reports("bo", "boss").reports("ana", "bo")
    account.influences("ana", "boss", 0.9).influences("ana", "bo", 0.9).knows("mia", "bo", 3)
    (item,) = fired(account, "hidden-unmet")
    assert item.text.startswith("Ana sways more than the chart shows (followed by ")
    assert item.suggested is not None
    assert item.suggested.text == "Get to know Ana; Bo can introduce us."
    assert fired(account.met("mia", "ana", 300), "hidden-unmet") == []


@pytest.mark.parametrize(
    ("voice", "attitude", "answer", "leaned_on"), [(0, 2, 3, 1), (1, 2, 3, 0), (0, 1, 3, 0), (0, 2, 2, 0)]
)
def test_an_advocate_without_a_voice_is_not_to_be_leaned_on(
    voice: int, attitude: int, answer: int, leaned_on: int
) -> None:
    account = signer().knows("mia", "ana", 2).contact("bo").knows("mia", "bo", answer)
    account.plays("bo", "line", "user", attitude=attitude, voice=voice)
    items = fired(account, "voiceless-advocate")
    assert len(items) == leaned_on
    assert all("Ana decides, and knows us less" in item.text for item in items)


def test_who_signs_and_hangs_on_one_of_ours() -> None:
    account = signer().knows("mia", "ana", 3)
    assert texts(account, "signer-single-threaded") == [
        "Ana (decision maker in Line) hangs on Mia, without whom 62 points become 0."
    ]
    second = account.member("max").knows("max", "ana", 2)
    assert texts(second, "signer-single-threaded") == []


def test_roles_count_on_the_day_they_are_held() -> None:
    account = Account().opportunity("line", step="brew").contact("ana")
    account.plays("ana", "line", "approver", attitude=-2, until=back(0))
    assert texts(account, "veto") == []
