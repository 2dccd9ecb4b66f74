"""Rules of competitors: where they lead, and where they can be replaced."""

from __future__ import annotations

from models.findings.warnings import Severity
from queries.advice.words.base import Rule


class RivalRule(Rule):
    """What is said of a competitor."""

    RIVAL_LEADS = (
        "rival-leads",
        Severity.HIGH,
        "{contact}: {rival} of {competitor} stands at {theirs} points, we at {ours}.",
        "{contact}：{competitor}的{rival}有 {theirs} 分，我方只有 {ours} 分。",
        (
            "Plan how to win {contact}: what {competitor} does not offer.",
            "制定争取{contact}的办法：拿出{competitor}没有的东西。",
        ),
    )
    RIVAL_PRODUCT_SOUR = (
        "rival-product-sour",
        Severity.MEDIUM,
        "{place}: satisfaction with {product} ({competitor}) is {score} of 5: a chance to replace it.",
        "{place}：竞争产品{product}（{competitor}）的满意度只有 {score} 分（满分 5 分），有替换机会。",
        ("Ask in {place} what {product} costs them when it fails.", "到{place}了解{product}出问题时的损失。"),
    )
