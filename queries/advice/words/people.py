"""Rules of the people in a purchase: who signs, who speaks for us, who is against us, who is missing."""

from __future__ import annotations

from models.findings.warnings import Severity
from queries.advice.words.base import Rule


class PeopleRule(Rule):
    """What is said of the people in a purchase."""

    VETO = (
        "veto",
        Severity.HIGH,
        "{deal}: {contact} ({roles}) is {attitude}: a veto, whatever the others think.",
        "{deal}：{contact}（{roles}）态度为“{attitude}”，可一票否决，不论他人如何。",
        (
            "{deal}: find out what {contact} needs to drop the objection, and who may ask.",
            "{deal}：弄清{contact}的顾虑及化解条件，并找到能出面沟通的人。",
        ),
    )
    SIGNER_UNMET = (
        "signer-unmet",
        Severity.HIGH,
        "{contact} ({roles} in {deals}) has never spoken with any of ours.",
        "{contact}是{deals}的{roles}，我方无人与其有过往来。",
        ("Find a way to a first talk with {contact}.", "设法与{contact}安排首次沟通。"),
    )
    NAME_UNKNOWN = (
        "name-unknown",
        Severity.HIGH,
        "{contact} ({roles} in {deals}): nobody knows the name.",
        "{contact}是{deals}的{roles}，但姓名不明。",
        ("Find out the name: {contact}.", "问清姓名：{contact}。"),
    )
    NO_CHAMPION = (
        "no-champion",
        Severity.HIGH,
        "{deal}: at {step} nobody with a voice speaks for us in our absence.",
        "{deal}：已到“{step}”，我们不在场时没有一位有话语权的人替我们说话。",
        (
            "{deal}: win a champion among those who have a voice{people}.",
            "{deal}：在有话语权的人中培养拥护者{people}。",
        ),
    )
    CHAMPION_SILENT = (
        "champion-silent",
        Severity.HIGH,
        "{contact}, our champion: no two-way contact for {days}; the rhythm is {cadence}.",
        "拥护者{contact}已 {days}没有双向往来，正常间隔为 {cadence}。",
        (
            "Call {contact}: what is new inside, what is needed from us?",
            "联系{contact}：内部有何变化，需要我们做什么？",
        ),
    )
    OPPONENT_UNANSWERED = (
        "opponent-unanswered",
        Severity.HIGH,
        "{deal}: {contact} is {attitude}, and nobody {contact} listens to stands by us.",
        "{deal}：{contact}态度为“{attitude}”，而其听得进话的人中没有一位支持我们。",
        (
            "{deal}: find out whom {contact} listens to{people}, and win that person.",
            "{deal}：弄清{contact}听谁的意见{people}，并争取此人。",
        ),
    )
    HIDDEN_UNMET = (
        "hidden-unmet",
        Severity.HIGH,
        "{contact} sways more than the chart shows (followed by {people}), and nobody of ours has met them.",
        "{contact}的影响力远超其职位（{people}听其意见），而我方无人见过。",
        ("Get to know {contact}{door}.", "结识{contact}{door}。"),
    )
    ATTITUDE_UNKNOWN = (
        "attitude-unknown",
        Severity.MEDIUM,
        "{deal}: nobody knows what {contact} ({roles}) thinks of us.",
        "{deal}：{contact}（{roles}）对我方的态度不明。",
        (
            "{deal}: ask {contact}, or somebody close, how we are seen.",
            "{deal}：向{contact}或其身边人了解对我方的看法。",
        ),
    )
    VOICELESS_ADVOCATE = (
        "voiceless-advocate",
        Severity.MEDIUM,
        "{deal}: we lean on {contact}, who is for us and has no voice; {people} decides, and knows us less.",
        "{deal}：我们过于倚重{contact}，其力挺我方却没有话语权；拍板的{people}与我们反而更疏远。",
        ("{deal}: let {contact} bring us to who is heard.", "{deal}：请{contact}引荐说得上话的人。"),
    )
    ROLE_MISSING = (
        "role-missing",
        Severity.MEDIUM,
        "{deal}: at {step} nobody is known as {roles}.",
        "{deal}：“{step}”步骤尚不清楚谁是{roles}。",
        ("{deal}: ask who is {roles}.", "{deal}：问清谁是{roles}。"),
    )
    ROLE_UNPLACED = (
        "role-unplaced",
        Severity.LOW,
        "{deal}: who plays a part but has no seat in the chart: {people}.",
        "{deal}：有采购角色但不知在哪个部门任职：{people}。",
        (
            "{deal}: ask where {people} work and to whom they report.",
            "{deal}：问清{people}在哪个部门、向谁汇报。",
        ),
    )
    CONCERNS_UNKNOWN = (
        "concerns-unknown",
        Severity.LOW,
        "{deal}: nobody has asked {contact} ({roles}) what matters in this purchase.",
        "{deal}：尚未了解{contact}（{roles}）在此次采购中关注什么。",
        (
            "{deal}: ask {contact} what matters most in this purchase.",
            "{deal}：了解{contact}在此次采购中最关注什么。",
        ),
    )
