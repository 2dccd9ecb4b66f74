"""Rules of our ties: who hangs on one of us, what cools, what sours, what nobody has looked at."""

from __future__ import annotations

from models.findings.warnings import Severity
from queries.advice.words.base import Rule


class TieRule(Rule):
    """What is said of a tie of ours, or of one inside the customer that our chains go along."""

    SIGNER_SINGLE_THREADED = (
        "signer-single-threaded",
        Severity.HIGH,
        "{contact} ({roles} in {deals}) hangs on {member}, without whom {points} points become {rest}.",
        "{contact}（{deals}的{roles}）系于{member}一人：若其离开，关系从 {points} 分降到 {rest} 分。",
        ("{member}: bring a second of ours to {contact}.", "请{member}带第二位同事认识{contact}。"),
    )
    GO_BETWEEN_SOUR = (
        "go-between-sour",
        Severity.HIGH,
        "{deal}: the best way to {people} leads through {contact}, who is not content with us.",
        "{deal}：通往{people}的最佳决策链要经过{contact}，而其对我方不满。",
        ("Put right what vexes {contact} before asking for help.", "先解决{contact}的不满，再请其帮忙。"),
    )
    TIE_HOSTILE = (
        "tie-hostile",
        Severity.HIGH,
        "{contact} and {member} are close but hostile: {points} points, and every meeting goes badly.",
        "{contact}与{member}熟而不和：关系 {points} 分，但次次不欢而散。",
        ("Let somebody else settle the matter with {contact}.", "换一位同事与{contact}把问题谈开。"),
    )
    TIE_COOLING = (
        "tie-cooling",
        Severity.MEDIUM,
        "{contact}: our tie fell by {points} points in 90 days{last}.",
        "{contact}：关系 90 天内下降了 {points} 分{last}。",
        ("Call {contact}, or pay a visit.", "联系或拜访{contact}。"),
    )
    CONTACT_OVERDUE = (
        "contact-overdue",
        Severity.MEDIUM,
        "{contact}: last two-way contact {days} ago; the rhythm is {cadence}.",
        "{contact}：上次双向往来在 {days}前，正常间隔为 {cadence}。",
        ("Get in touch with {contact}.", "联系{contact}。"),
    )
    PERSONAL_LAGGING = (
        "personal-lagging",
        Severity.MEDIUM,
        "{contact}: their unit is served ({institutional} points), the person is not ({personal}).",
        "{contact}：机构利益已满足（{institutional} 分），个人利益没跟上（{personal} 分），两手都要硬。",
        (
            "Do something for {contact} as a person: this year's goals, a meal, a good word.",
            "在{contact}个人身上下功夫：支持其今年的目标，多走动。",
        ),
    )
    TIE_STALE = (
        "tie-stale",
        Severity.LOW,
        "{deal}: the way to {people} rests on ties nobody has confirmed for more than {days}: {ties}.",
        "{deal}：通往{people}的决策链依据的关系已超过 {days}未确认：{ties}。",
        ("{deal}: ask whether this still holds: {ties}.", "{deal}：核实这些关系是否仍然成立：{ties}。"),
    )
    GUESS_ROSY = (
        "guess-rosy",
        Severity.LOW,
        "{member} puts the tie to {contact} at {guess}; what is on record gives {points}.",
        "{member}自评与{contact}的关系为 {guess} 分，而记录只支持 {points} 分。",
        ("{member}: fill in the questionnaire on {contact}.", "请{member}为{contact}做一次温度计测评。"),
    )
