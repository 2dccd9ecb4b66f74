"""Rules of the account as a whole: its tier, our team, who is where."""

from __future__ import annotations

from models.findings.warnings import Severity
from queries.advice.words.base import Rule


class AccountRule(Rule):
    """What is said of an account."""

    A_WITHOUT_TEAM = (
        "a-without-team",
        Severity.HIGH,
        "An A account has no {role}.",
        "A 级客户没有指定{role}。",
        ("Name a {role} for this A account.", "为该 A 级客户指定{role}。"),
    )
    DEPARTMENT_SINGLE_THREADED = (
        "department-single-threaded",
        Severity.MEDIUM,
        "{department} hangs on {member}, without whom {points} points of our best tie become {rest}.",
        "{department}的关系系于{member}一人：若{member}离开，最好的关系将从 {points} 分降到 {rest} 分。",
        ("{department}: let a second of ours get to know people.", "安排第二位同事走动{department}。"),
    )
    PRODUCT_SOUR = (
        "product-sour",
        Severity.HIGH,
        "{place}: satisfaction with our {product} is {score} of 5.",
        "{place}：对我方{product}的满意度只有 {score} 分（满分 5 分）。",
        (
            "Find out in {place} what {product} lacks, and agree on a day.",
            "到{place}弄清{product}哪里不满意，并约定整改日期。",
        ),
    )
    LEFT_FRIEND = (
        "left-friend",
        Severity.MEDIUM,
        "{contact} left {ago} ago; our tie still stands at {points} points.",
        "{contact}已离职 {ago}，与我方的关系仍有 {points} 分。",
        (
            "Ask {contact} where the new desk is: a door may open there; and who took over here.",
            "联系{contact}：现在在哪里高就（可能是新的机会），原来的工作由谁接手。",
        ),
    )
    LEFT_GAP = (
        "left-gap",
        Severity.HIGH,
        "{contact} has left, and still stands as {roles} in {deals}.",
        "{contact}已离职，但在{deals}中仍记为{roles}。",
        ("Find out who follows {contact}, and enter the name.", "问清谁接替{contact}，并更新名单。"),
    )
    PEOPLE_UNPLACED = (
        "people-unplaced",
        Severity.LOW,
        "We deal with people who have no seat in the chart: {people}.",
        "有往来但不知在哪个部门任职：{people}。",
        ("Ask where {people} work and to whom they report.", "问清{people}在哪个部门、向谁汇报。"),
    )
    TIER_WITHOUT_REASON = (
        "tier-without-reason",
        Severity.LOW,
        "Its tier is {tier}, its sales suggest {suggested}, and no reason is given.",
        "现有分级为{tier}，按销售额建议为{suggested}，但未注明理由。",
    )
