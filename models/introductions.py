"""The words of introductions: why somebody is not asked, and what makes this a good moment to ask."""

from __future__ import annotations

from models.terms import Term


class Bar(Term):
    """Why somebody who could introduce us is not asked."""

    OPPOSED = "opposed", "Sceptical or against us", "有疑虑或反对"
    COMPLAINT = "complaint", "Has a complaint open", "投诉尚未办结"
    SOUR = "sour", "The relation is sour", "关系不和"
    UNWILLING = "unwilling", "Does not want to refer us", "不愿引荐"


class Occasion(Term):
    """What has just pleased somebody, so that a favour may be asked."""

    COMPLAINT_CLOSED = "complaint_closed", "A complaint was settled", "投诉已办结"
    SURVEY = "survey", "Gave us a good mark", "满意度评分高"
