"""The questionnaire behind the thermometer: twelve questions in two halves, each answered 0 never … 4 always.

A version, once answered, never changes: new wording is a new version, so that old answers keep their meaning.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass

from models.fields import Label
from models.terms import Degree, Term


class Half(Term):
    """Which interest a question is about; the value begins with the question's letter."""

    PERSONAL = "P", "Personal interest", "个人利益"
    INSTITUTIONAL = "I", "Institutional interest", "机构利益"


class Answer(Degree):
    """How often a statement holds."""

    NEVER = 0, "Never", "从不"
    SELDOM = 1, "Seldom", "很少"
    SOMETIMES = 2, "Sometimes", "有时"
    OFTEN = 3, "Often", "经常"
    ALWAYS = 4, "Always", "总是"


@dataclass(frozen=True, slots=True)
class Question:
    """A statement about a contact that one of our people rates."""

    id: str
    half: Half
    text: Label


def _half(half: Half, *texts: tuple[str, str]) -> tuple[Question, ...]:
    return tuple(Question(f"{half}{place}", half, Label(*text)) for place, text in enumerate(texts, 1))


_FIRST = (
    *_half(
        Half.PERSONAL,
        ("Contacts us unasked.", "主动联系我们。"),
        ("Meets us outside work.", "愿意在工作之外见面。"),
        ("Tells us bad news too.", "坏消息也会告诉我们。"),
        ("Shares inside opinions and the process.", "透露内部意见与流程。"),
        ("We know this year's goals and serve them.", "我们了解并支持其今年目标。"),
        ("Speaks for us in our absence.", "我们不在场时为我们说话。"),
    ),
    *_half(
        Half.INSTITUTIONAL,
        ("Says our product fits the unit's need.", "认可产品满足部门需求。"),
        ("Has a measured result from us.", "从我们这里得到可衡量的成果。"),
        ("Lets us help with requirements or criteria.", "让我们参与需求或指标的制定。"),
        ("Found our promises kept and problems solved in time.", "承诺兑现、问题及时解决。"),
        ("Prefers us at equal terms.", "同等条件优先选择我们。"),
        ("Would be a reference for us.", "愿意做推荐人或样板。"),
    ),
)

QUESTIONNAIRES: Mapping[int, tuple[Question, ...]] = types.MappingProxyType({1: _FIRST})
"""The questions of every version, in the order they are asked."""
LATEST = max(QUESTIONNAIRES)
