"""The words of probable bosses: what speaks for somebody's being the boss of another."""

from __future__ import annotations

from models.terms import Term


class BossSign(Term):
    """What speaks for a boss, or against him; signs are told in this order."""

    OWN_UNIT = "own_unit", "Same department", "同部门"
    UNIT_ABOVE = "unit_above", "Department above", "上级部门"
    LEVEL = "level", "Levels apart", "层级差"
    HEAD = "head", "Alone at the head of the department", "部门唯一负责人"
    FUNCTION = "function", "Answers for the same function", "分管同一职能"
    LEADS = "leads", "Leads people", "带团队"
    PEERS = "peers", "Boss of peers in the department", "同部门同级的上级"
    COLLEAGUES = "colleagues", "Boss of others in the department", "同部门其他人的上级"
    SIBLINGS = "siblings", "Boss of peers in departments beside", "平级部门同级的上级"
    DOTTED = "dotted", "Dotted line", "虚线汇报"
    SWAYS = "sways", "Is listened to", "其意见被听从"
    MESSAGES = "messages", "Messages", "邮件往来"
    MEETINGS = "meetings", "Meetings together", "共同会面"
    OWN_LEVEL = "own_level", "Own level", "本人层级"
    TOP = "top", "At the top", "处于顶层"
