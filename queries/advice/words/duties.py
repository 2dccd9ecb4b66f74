"""Rules of what we owe the customer, and of what we may ask for."""

from __future__ import annotations

from models.findings.warnings import Severity
from queries.advice.words.base import Rule


class DutyRule(Rule):
    """What is said of promises, complaints and surveys."""

    ACTION_OVERDUE = (
        "action-overdue",
        Severity.HIGH,
        "{kind}, overdue for {days}: {text}",
        "{kind}已逾期 {days}：{text}",
    )
    COMPLAINT_OPEN = (
        "complaint-open",
        Severity.HIGH,
        "A complaint is open for {days}: {people}.",
        "投诉已 {days}未结：{people}。",
        (
            "Settle the complaint of {people}; then ask for a referral.",
            "办结{people}的投诉，满意后请其推荐。",
        ),
    )
    SURVEY_LOW = (
        "survey-low",
        Severity.HIGH,
        "{contact} gave {score} of 5 {ago} ago, and nobody has spoken to them since.",
        "{contact} {ago}前的满意度只有 {score} 分（满分 5 分），之后无人跟进。",
        ("Call {contact} and ask what was missing.", "联系{contact}，弄清哪里不满意。"),
    )
    ASK_REFERRAL = (
        "ask-referral",
        Severity.MEDIUM,
        "A good moment to ask {contact} for a referral: {why} {ago} ago.",
        "现在适合请{contact}推荐：{ago}前{why}。",
        ("Ask {contact} to introduce us to somebody.", "请{contact}为我们引荐一位同事或同行。"),
    )
