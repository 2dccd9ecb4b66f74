"""Advice about the account: team, departments, who has left; competitors, products, promises of the trade."""

from __future__ import annotations

from typing import Any

import pytest

from models.enums import EdgeKind, Function, Level, NodeKind
from tests.advised import Account, back, fired, texts


def test_an_a_account_has_an_owner_and_a_sponsor() -> None:
    assert texts(Account().tier("A"), "a-without-team") == [
        "An A account has no Owner.",
        "An A account has no Sponsor.",
    ]
    assert texts(Account().tier("B"), "a-without-team") == texts(Account(), "a-without-team") == []
    owned = Account().tier("A").member("mia").serves("mia", "owner")
    (item,) = fired(owned, "a-without-team")
    assert item.suggested is not None
    assert (item.text, item.suggested.member_id) == ("An A account has no Sponsor.", "mia")
    ids = [item.suggested.id for item in fired(Account().tier("A"), "a-without-team") if item.suggested]
    assert len(set(ids)) == 2


def shop(people: int = 2) -> Account:
    account = Account().member("mia", "max").opportunity("line")
    account.contact("boss", Level.MANAGEMENT, Function.USER).plays("boss", "line", "user")
    for number in range(people):
        account.contact(f"c{number}", Level.OPERATIONAL, Function.USER).knows("mia", f"c{number}", 2)
    return account


def test_a_department_that_hangs_on_one_of_ours() -> None:
    hung = "Dept-User hangs on Mia, without whom 42 points of our best tie become {}."
    assert texts(shop(), "department-single-threaded") == [hung.format(0)]
    quiet = shop().contact("eve", Level.OPERATIONAL, Function.LEGAL).knows("mia", "eve", 3)
    assert texts(quiet, "department-single-threaded") == [hung.format(0)], "nobody there plays a part"
    assert texts(shop().assessed("max", "c0", 0), "department-single-threaded") == [hung.format(2)]
    assert texts(shop().knows("max", "c1", 2), "department-single-threaded") == []


def gone(ago: int | None, answer: int = 3, **fields: Any) -> Account:
    """Ana worked in the shop until so many days ago."""
    account = Account().member("mia").contact("ana", **{"status": "left", **fields})
    account.department("shop", Function.USER)
    until = None if ago is None else back(ago)
    account.edge(EdgeKind.WORKS_IN, "ana", "shop", until=until)
    return account.knows("mia", "ana", answer)


def test_a_friend_who_left_opens_a_door() -> None:
    assert texts(gone(61), "left-friend") == ["Ana left 61 days ago; our tie still stands at 62 points."]
    assert len(fired(gone(180), "left-friend")) == 1
    for account in (gone(181), gone(None), gone(61, answer=2), gone(61, restricted=True)):
        assert fired(account, "left-friend") == []
    assert fired(gone(-1), "left-friend") == [], "still at work today"


@pytest.mark.parametrize(("ended", "told"), [(None, 1), (61, 1), (180, 1), (181, 0)])
def test_a_friend_whose_tie_ended_with_the_job_is_one(ended: int | None, told: int) -> None:
    account = Account().member("mia").contact("ana", status="left").often("mia", "ana", 900, 190)
    account.department("shop").edge(EdgeKind.WORKS_IN, "ana", "shop", until=back(61))
    account.edge(EdgeKind.KNOWS, "mia", "ana", until=None if ended is None else back(ended))
    found = fired(account, "left-friend")
    assert len(found) == told
    assert [item.suggested.member_id for item in found if item.suggested] == ["mia"] * told


def test_the_part_of_who_left_is_to_be_taken_over() -> None:
    account = gone(61).opportunity("line").plays("ana", "line", "approver", "user")
    assert texts(account, "left-gap") == ["Ana has left, and still stands as approver, user in Line."]
    assert texts(gone(61).opportunity("line"), "left-gap") == []


def test_of_those_who_left_signers_and_the_nearest_come_first() -> None:
    account = Account().member("mia").opportunity("line")
    for name, role, answer in (("a", "user", 3), ("b", "user", 4), ("c", "approver", 3)):
        account.contact(name, status="left").knows("mia", name, answer).plays(name, "line", role)
        account.department("lab").edge(EdgeKind.WORKS_IN, name, "lab", until=back(9))
    assert [text[0] for text in texts(account, "left-gap")] == ["C", "B", "A"]
    assert [text[0] for text in texts(account, "left-friend")] == ["B", "A", "C"]


def test_people_we_know_have_a_seat() -> None:
    account = Account().member("mia").contact("ana").contact("bo").knows("mia", "ana", 2)
    assert texts(account, "people-unplaced") == ["We deal with people who have no seat in the chart: Ana."]
    account.opportunity("line").plays("ana", "line", "user")
    assert texts(account, "people-unplaced") == [], "who plays a part is told of there"


def decider(strength: float, answer: int | None = 1, role: str = "decision_maker", **ana: Any) -> Account:
    account = Account().member("mia").opportunity("line").contact("ana", **ana)
    account.plays("ana", "line", role).courts("rex", "ana", strength)
    return account if answer is None else account.knows("mia", "ana", answer)


def test_a_competitor_leads_at_who_decides() -> None:
    assert texts(decider(60), "rival-leads") == ["Ana: Rex of Them stands at 60 points, we at 22."]
    assert len(fired(decider(1, None), "rival-leads")) == 1
    assert fired(decider(22), "rival-leads") == fired(decider(60, role="user"), "rival-leads") == []
    assert len(fired(decider(60).courts("max", "ana", 80), "rival-leads")) == 1
    board = Account().opportunity("line").contact("ana", Level.DECISION, Function.USER)
    board.plays("ana", "line", "evaluator").courts("rex", "ana", 60)
    assert len(fired(board, "rival-leads")) == 1


def test_a_competitor_out_of_each_purchase_of_the_decider_leads_nowhere() -> None:
    out = decider(60).edge(EdgeKind.COMPETES_IN, "them", "line", status="out")
    assert fired(out, "rival-leads") == fired(out, "rival-leads", opportunity_id="line") == []
    user = out.opportunity("press").opportunity("lathe").plays("ana", "press", "user")
    assert fired(user, "rival-leads") == [], "in that one she decides nothing"
    out.plays("ana", "lathe", "approver")
    assert len(fired(out, "rival-leads")) == 1, "in that one they compete"
    assert fired(out, "rival-leads", opportunity_id="line") == []
    stays = decider(60).edge(EdgeKind.COMPETES_IN, "them", "line", status="incumbent")
    assert len(fired(stays, "rival-leads", opportunity_id="line")) == 1


@pytest.mark.parametrize(("score", "told"), [(1, 1), (2, 1), (3, 0), (None, 0)])
def test_products_that_do_not_please(score: int | None, told: int) -> None:
    account = Account().department("shop", Function.USER).rival("rex")
    account._add(NodeKind.PRODUCT, id="ours", name="Drive")
    account._add(NodeKind.PRODUCT, id="theirs", name="Press", competitor_id="them")
    for product, place in (("ours", "acme"), ("theirs", "shop")):
        kind = "account" if place == "acme" else "department"
        account.edge(EdgeKind.USES, place, product, source_kind=kind, satisfaction=score)
    mine, their = texts(account, "product-sour"), texts(account, "rival-product-sour")
    assert (len(mine), len(their)) == (told, told)
    if told:
        assert mine == [f"Acme: satisfaction with our Drive is {score} of 5."]
        assert their == [f"Shop: satisfaction with Press (Them) is {score} of 5: a chance to replace it."]


def surveyed(score: int, ago: int) -> Account:
    return Account().member("mia").contact("ana").met("mia", "ana", ago, "survey", score=score)


def test_a_low_score_is_followed_up() -> None:
    assert texts(surveyed(2, 10), "survey-low") == [
        "Ana gave 2 of 5 10 days ago, and nobody has spoken to them since."
    ]
    assert texts(surveyed(3, 10), "survey-low") == texts(surveyed(1, 91), "survey-low") == []
    assert texts(surveyed(1, 10).met("mia", "ana", 10), "survey-low") != []
    assert texts(surveyed(1, 10).met("mia", "ana", 9, "call"), "survey-low") == []
    twice = surveyed(1, 40).met("mia", "ana", 10, "survey", score=2)
    twice.contact("cem", Level.OPERATIONAL).contact("boss", Level.DECISION).met(
        "mia", "boss", 50, "survey", score=2
    )
    assert [text.split(" of 5")[0] for text in texts(twice, "survey-low")] == ["Boss gave 2", "Ana gave 2"]


def test_who_is_pleased_may_be_asked_for_a_referral() -> None:
    assert texts(surveyed(4, 30), "ask-referral") == [
        "A good moment to ask Ana for a referral: gave us 4 of 5 30 days ago."
    ]
    for account in (surveyed(3, 1), surveyed(5, 31)):
        assert texts(account, "ask-referral") == []
    settled = Account().member("mia").contact("ana")
    settled.met("mia", "ana", 50, "complaint", resolved_on=back(12), sentiment=-1)
    assert texts(settled, "ask-referral") == [
        "A good moment to ask Ana for a referral: a complaint was settled 12 days ago."
    ]
    for more in (
        {"kind": "complaint", "ago": 5},
        {"kind": "referral", "ago": 4},
    ):
        account = Account().member("mia").contact("ana").met("mia", "ana", 10, "survey", score=5)
        assert texts(account.met("mia", "ana", more["ago"], str(more["kind"])), "ask-referral") == []  # type: ignore[arg-type]
    unwilling = surveyed(5, 1).edge(EdgeKind.KNOWS, "mia", "ana", referral_ok=False)
    assert texts(unwilling, "ask-referral") == []
