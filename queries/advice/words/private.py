"""Rules that read dossiers; without the right to these they say nothing."""

from __future__ import annotations

from models.findings.warnings import Severity
from queries.advice.words.base import Rule


class PrivateRule(Rule):
    """What is said from somebody's dossier."""

    SAME_CITY = (
        "same-city",
        Severity.HIGH,
        "{contact} and {member} are both in {city}: {when}.",
        "{contact}与{member}将同在{city}：{when}。",
        ("{member}: ask {contact} for an hour in {city}.", "请{member}在{city}约{contact}见一面。"),
    )
    SHARED_PAST = (
        "shared-past",
        Severity.LOW,
        "{contact}, whom nobody of ours knows, and {member} share {what}: {which}.",
        "我方无人认识{contact}，但{member}与其{what}：{which}。",
        ("{member}: seek a first talk with {contact}.", "请{member}与{contact}做首次接触。"),
    )
