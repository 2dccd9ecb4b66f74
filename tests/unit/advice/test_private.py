"""Advice from dossiers: the same city, a shared past, and texts that mean the same."""

from __future__ import annotations

from typing import Any

import pytest

from models.enums import Function, Level
from queries.advice.private import share_a_word
from tests.advised import Account, back, dossier, fired, texts


def trip(first: int, last: int, city: str = "Turin") -> dict[str, str]:
    """Days ahead in a city."""
    return {"since": back(-first), "until": back(-last), "city": city}


def board(**mia: Any) -> Account:
    """Ana decides; Mia serves the account."""
    account = Account().staff(id="mia", **mia).serves("mia", "owner").opportunity("line")
    account.contact("ana", Level.DECISION, Function.EXECUTIVE)
    return account.plays("ana", "line", "decision_maker")


def same_city(account: Account, *trips: dict[str, str], **more: Any) -> list[str]:
    return texts(account, "same-city", dossiers=[dossier("ana", itinerary=list(trips), **more)])


def test_who_is_at_home_where_a_decider_goes() -> None:
    assert same_city(board(city="都灵 Turin"), trip(6, 8)) == [
        "Ana and Mia are both in Turin: 2025-06-21 to 2025-06-23."
    ]
    assert same_city(board(city="Milan"), trip(6, 8)) == same_city(board(), trip(6, 8)) == []
    assert same_city(board(city="Turin"), trip(15, 20)) == []
    assert same_city(board(city="Turin"), trip(14, 20)) == ["Ana and Mia are both in Turin: 2025-06-29."]
    assert same_city(board(city="Turin"), trip(-9, -1)) == []
    assert same_city(board(city="Turin"), trip(-9, 0)) == ["Ana and Mia are both in Turin: 2025-06-15."]
    assert same_city(board(city="Turin"), trip(6, 8), expires=back(1)) == [], "no longer kept"


def test_who_travels_is_where_he_travels() -> None:
    away = board(city="Turin", itinerary=[trip(0, 6, "Milan")])
    assert same_city(away, trip(6, 7)) == ["Ana and Mia are both in Turin: 2025-06-22."]
    there = board(city="Rome", itinerary=[trip(7, 9)])
    assert same_city(there, trip(6, 7)) == ["Ana and Mia are both in Turin: 2025-06-22."]


def test_the_best_tie_is_named_and_asked() -> None:
    account = board(city="Turin").staff(id="ada", city="Turin").serves("ada", "expert")
    account.knows("mia", "ana", 2)
    (item,) = fired(account, "same-city", dossiers=[dossier("ana", itinerary=[trip(3, 3)])])
    assert item.suggested is not None
    assert (item.suggested.member_id, str(item.suggested.due)) == ("mia", "2025-06-18")
    assert [(row.kind, row.id) for row in item.evidence] == [
        ("contact", "ana"),
        ("member", "mia"),
        ("dossier", "dossier-ana"),
    ]


def test_only_deciders_and_only_our_team() -> None:
    user = Account().staff(id="mia", city="Turin").serves("mia", "owner").opportunity("line").contact("ana")
    assert same_city(user.plays("ana", "line", "user"), trip(1, 2)) == []
    stranger = Account().staff(id="mia", city="Turin").opportunity("line").contact("ana")
    assert same_city(stranger.plays("ana", "line", "approver"), trip(1, 2)) == []
    quiet = Account().staff(id="mia", city="Turin").serves("mia", "owner")
    quiet.contact("ana", Level.DECISION, Function.EXECUTIVE)
    assert len(same_city(quiet, trip(1, 2))) == 1, "without a purchase, the decision level"
    left = board(city="Turin")
    left.contact("bo", Level.DECISION, status="left").plays("bo", "line", "approver")
    assert texts(left, "same-city", dossiers=[dossier("bo", itinerary=[trip(1, 2)])]) == []


@pytest.mark.parametrize(
    ("theirs", "ours", "said"),
    [
        ({"hometown": "柳溪。 Liuxi."}, {"hometown": "柳溪 Liuxi"}, "the home town: 柳溪 Liuxi"),
        ({"university": "Jiangbei Institute"}, {"university": "江北 Jiangbei Institute"}, "the university"),
        ({"former_employers": ["Bolt", "Nut Ltd"]}, {"former_employers": ["Nut Ltd"]}, "a former employer"),
        ({"sports": ["Golf on Saturdays"]}, {"hobbies": ["Golf"]}, "a hobby: Golf"),
        ({"hobbies": ["钓鱼"]}, {"hobbies": ["周末钓鱼"]}, "a hobby: 周末钓鱼"),
        ({"hometown": "Turin"}, {"hometown": "Milan"}, None),
        ({"hometown": "Turin"}, {"university": "Turin"}, None),
    ],
)
def test_a_shared_past_opens_a_first_talk(
    theirs: dict[str, Any], ours: dict[str, Any], said: str | None
) -> None:
    account = Account().staff(id="mia", **ours).serves("mia", "owner").contact("ana")
    found = texts(account, "shared-past", dossiers=[dossier("ana", **theirs)])
    assert len(found) == (said is not None)
    assert all(f"Ana, whom nobody of ours knows, and Mia share {said}" in text for text in found)
    assert texts(account.met("mia", "ana", 5), "shared-past", dossiers=[dossier("ana", **theirs)]) == []


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("东埠 Dongbu", "东埠", "东埠"),
        ("Dongbu", "东埠 DONGBU", "dongbu"),
        ("New York", "York", "york"),
        ("Yorkshire", "York", None),
        ("Ulm", "Ulm", None),
        ("东", "东", None),
        ("St. Gallen", "gallen", "gallen"),
        ("", "", None),
        ("São Paulo", "são paulo", "são paulo"),
    ],
)
def test_texts_share_a_word(one: str, other: str, shared: str | None) -> None:
    assert share_a_word(one, other) == share_a_word(other, one) == shared
