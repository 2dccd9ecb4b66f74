"""The words of somebody's week: what kind of thing is to be done."""

from __future__ import annotations

from models.terms import Term


class Duty(Term):
    """What a line of the week asks for; within one urgency they come in this order."""

    PROMISE = "promise", "Promise or next step", "承诺与下一步"
    WINDOW = "window", "Window to the decision layer", "决策层窗口"
    CONTACT = "contact", "Contact due", "该联系的人"
    WARM_UP = "warm-up", "Tie to warm up", "待回温的关系"
    ADVICE = "advice", "Advice", "提示"
    CONFIRM = "confirm", "Card or tie to confirm", "待确认的信息"
    ASSESS = "assess", "Person to assess", "待测评的人"
