"""The words of an approach: what a talking point is about, and the four questions of SPIN."""

from __future__ import annotations

import types
from collections.abc import Mapping

from models.enums import Category, ConcernCode, Need, Personality, Want
from models.terms import Term


class Spin(Term):
    """The four questions, in the order in which they are asked (Rackham, SPIN Selling, 1988)."""

    SITUATION = "situation", "Situation", "情境性"
    PROBLEM = "problem", "Problem", "探究性"
    IMPLICATION = "implication", "Implication", "暗示性"
    NEED_PAYOFF = "need_payoff", "Need-payoff", "解决性"


class Topic(Term):
    """What a talking point is about."""

    CONCERN = "concern", "Concern", "关注点"
    INSTALLED = "installed", "What is installed", "已装产品"
    WANT = "want", "Personal want", "个人愿望"
    NEED = "need", "Business need", "业务需求"
    CATEGORY = "category", "Buyer category", "客户类别"
    PERSONALITY = "personality", "Personality", "性格取向"


class Experience(Term):
    """How content a customer is with what is installed, and whose it is."""

    OURS_CONTENT = "ours-content", "Content with ours", "满意我方产品"
    OURS_SOUR = "ours-sour", "Not content with ours", "不满我方产品"
    RIVAL_CONTENT = "rival-content", "Content with a competitor's", "满意竞争产品"
    RIVAL_SOUR = "rival-sour", "Not content with a competitor's", "不满竞争产品"


WORDS: Mapping[Topic, type[Term]] = types.MappingProxyType(
    {
        Topic.CONCERN: ConcernCode,
        Topic.INSTALLED: Experience,
        Topic.WANT: Want,
        Topic.NEED: Need,
        Topic.CATEGORY: Category,
        Topic.PERSONALITY: Personality,
    }
)
"""What a talking point of each topic may be about."""


def word_of(topic: Topic, code: str) -> Term:
    """The word of a talking point's code. Raises StopIteration for a code that is none."""
    return next(word for word in WORDS[topic] if word == code)
