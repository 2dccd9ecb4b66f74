"""The five thin accounts around Jichuan: a few people each, so that the portfolio has a shape."""

from __future__ import annotations

from typing import Any

from .contacts import Series
from .document import Document, day
from .history import tell_event, tell_questionnaire, tell_series, tell_tie

# id, name, the rest
ACCOUNTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "xinqiao",
        "新桥电力 Xinqiao Power",
        {
            "status": "customer",
            "tier": "A",
            "annual_volume": 9_200_000,
            "industry": "电力 Power",
            "employees": 1900,
            "region": "新桥 Xinqiao",
            "channel_role": "end_user",
        },
    ),
    (
        "jichuan-logistics",
        "霁川物流 Jichuan Logistics",
        {
            "status": "channel_partner",
            "annual_volume": 2_900_000,
            "industry": "物流 Logistics",
            "employees": 320,
            "region": "霁川 Jichuan",
            "channel_role": "distributor",
            "situation": "集团全资。 Owned by the group.",
        },
    ),
    (
        "lanshan",
        "岚山设计院 Lanshan Design Institute",
        {
            "status": "channel_partner",
            "annual_volume": 1_600_000,
            "industry": "工程设计 Engineering design",
            "employees": 450,
            "region": "岚山 Lanshan",
        },
    ),
    (
        "huize",
        "汇泽分销 Huize Distribution",
        {
            "status": "channel_partner",
            "tier": "B",
            "annual_volume": 5_400_000,
            "industry": "自动化分销 Distribution",
            "employees": 140,
            "region": "东埠 Dongbu",
            "channel_role": "distributor",
        },
    ),
    (
        "dongbu",
        "东埠水务 Dongbu Water",
        {
            "status": "customer",
            "tier": "C",
            "annual_volume": 3_900_000,
            "industry": "水务 Water",
            "employees": 700,
            "region": "东埠 Dongbu",
            "channel_role": "end_user",
        },
    ),
)

# account, id, name, function
DEPARTMENTS = (
    ("xinqiao", "xinqiao-lead", "公司领导 Management", "executive"),
    ("xinqiao", "xinqiao-it", "信息中心 IT Centre", "technical"),
    ("xinqiao", "xinqiao-buying", "采购部 Procurement", "procurement"),
    ("jichuan-logistics", "logistics-lead", "公司领导 Management", "executive"),
    ("jichuan-logistics", "logistics-store", "仓储部 Warehousing", "user"),
    ("lanshan", "lanshan-design", "自动化所 Automation Design", "technical"),
    ("huize", "huize-lead", "公司领导 Management", "executive"),
    ("huize", "huize-sales", "销售部 Sales", "sales"),
    ("dongbu", "dongbu-lead", "公司领导 Management", "executive"),
    ("dongbu", "dongbu-plant", "净水厂 Waterworks", "user"),
)

# account, id, name, department, title, rung, boss
PEOPLE = (
    ("xinqiao", "shen-qihang", "沈启航", "xinqiao-lead", "总经理 General Manager", "director", ""),
    ("xinqiao", "jin-yue", "金越", "xinqiao-it", "首席信息官 CIO", "director", "shen-qihang"),
    ("xinqiao", "zhu-an", "朱安", "xinqiao-it", "系统主管 Systems Lead", "expert", "jin-yue"),
    ("xinqiao", "tao-ran", "陶然", "xinqiao-it", "运维工程师 Operations Engineer", "operator", "zhu-an"),
    (
        "xinqiao",
        "hao-zhen",
        "郝真",
        "xinqiao-buying",
        "采购经理 Procurement Manager",
        "manager",
        "shen-qihang",
    ),
    ("xinqiao", "xu-jing-xinqiao", "许静", "xinqiao-buying", "采购员 Buyer", "clerk", "hao-zhen"),
    ("jichuan-logistics", "bao-kun", "鲍坤", "logistics-lead", "总经理 General Manager", "director", ""),
    (
        "jichuan-logistics",
        "yu-fei",
        "俞飞",
        "logistics-store",
        "仓储经理 Warehouse Manager",
        "manager",
        "bao-kun",
    ),
    ("jichuan-logistics", "mu-lan", "穆岚", "logistics-store", "调度员 Dispatcher", "clerk", "yu-fei"),
    (
        "jichuan-logistics",
        "ke-yong",
        "柯勇",
        "logistics-store",
        "叉车班长 Forklift Foreman",
        "operator",
        "yu-fei",
    ),
    ("lanshan", "ruan-heng", "阮恒", "lanshan-design", "所长 Head of Section", "manager", ""),
    ("lanshan", "lu-yifan", "陆一帆", "lanshan-design", "专业负责人 Discipline Lead", "expert", "ruan-heng"),
    ("lanshan", "xiang-tian", "向天", "lanshan-design", "设计师 Designer", "expert", "ruan-heng"),
    ("lanshan", "qi-yue", "祁月", "lanshan-design", "制图员 Draughtswoman", "clerk", "ruan-heng"),
    ("huize", "gan-lin", "甘霖", "huize-lead", "总经理 General Manager", "director", ""),
    ("huize", "lan-xin", "蓝欣", "huize-sales", "销售经理 Sales Manager", "manager", "gan-lin"),
    ("huize", "ou-bin", "区斌", "huize-sales", "客户代表 Representative", "clerk", "lan-xin"),
    ("huize", "mi-qi", "米琪", "huize-sales", "内勤 Back Office", "clerk", "lan-xin"),
    ("dongbu", "pei-shan", "裴山", "dongbu-lead", "总经理 General Manager", "director", ""),
    ("dongbu", "nie-chao", "聂超", "dongbu-plant", "厂长 Plant Manager", "manager", "pei-shan"),
    ("dongbu", "gu-yu", "谷雨", "dongbu-plant", "化验员 Laboratory", "expert", "nie-chao"),
    ("dongbu", "ai-ning", "艾宁", "dongbu-plant", "值班长 Shift Leader", "operator", "nie-chao"),
    ("dongbu", "lu-ping", "鲁平", "dongbu-plant", "电工 Electrician", "operator", "ai-ning"),
)

# member, account, role
TEAMS = (
    ("lin-lan", "jichuan", "owner"),
    ("qin-song", "jichuan", "sponsor"),
    ("sha-ou", "jichuan", "expert"),
    ("gao-yuan", "jichuan", "support"),
    ("he-miao", "jichuan", "support"),
    ("sha-ou", "xinqiao", "owner"),
    ("qin-song", "xinqiao", "sponsor"),
    ("lin-lan", "jichuan-logistics", "owner"),
    ("sha-ou", "lanshan", "owner"),
    ("he-miao", "huize", "owner"),
    ("gao-yuan", "dongbu", "owner"),
)

OPPORTUNITIES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "xinqiao",
        "xinqiao-dispatch",
        {
            "name": "调度系统升级 Dispatch Upgrade",
            "value": 6_500_000,
            "step": "design",
            "step_since": day(50),
            "stage": "propose",
            "problem": "调度画面响应慢。 The dispatch screens are slow.",
            "milestones": [
                {"stage": "develop", "reached_on": day(180), "evidence": "调研纪要 Notes of the survey"},
                {"stage": "qualify", "reached_on": day(90), "evidence": "售前立项单 Pre-sales approval"},
            ],
        },
    ),
    (
        "dongbu",
        "dongbu-dosing",
        {
            "name": "加药控制 Dosing Control",
            "value": 900_000,
            "step": "discover",
            "step_since": day(200),
            "stage": "develop",
            "problem": "药耗偏高。 Uses too many chemicals.",
        },
    ),
)
PARTS = (
    ("jin-yue", "xinqiao-dispatch", ["decision_maker", "champion"], 2, 3),
    ("zhu-an", "xinqiao-dispatch", ["evaluator"], 1, 1),
    ("tao-ran", "xinqiao-dispatch", ["user"], None, 1),
    ("hao-zhen", "xinqiao-dispatch", ["procurement"], 0, 1),
    ("xu-jing-xinqiao", "xinqiao-dispatch", ["procurement"], 1, 0),
    ("nie-chao", "dongbu-dosing", ["decision_maker"], None, 2),
)

SERIES = (
    ("xinqiao", Series("sha-ou", "jin-yue", 500, 12, 37, ("meeting", "call", "meal"), "general", (1, 2))),
    ("xinqiao", Series("sha-ou", "zhu-an", 300, 30, 54, ("demo", "call"), "general")),
    ("xinqiao", Series("lin-lan", "xu-jing-xinqiao", 50, 8, 21, ("call", "message"), "spares", (1,))),
    ("jichuan-logistics", Series("lin-lan", "yu-fei", 320, 40, 70, ("visit", "call"), "general")),
    ("lanshan", Series("sha-ou", "ruan-heng", 280, 20, 65, ("meeting", "call"), "sheet")),
    ("huize", Series("he-miao", "lan-xin", 400, 18, 48, ("call", "meeting", "email"), "price", (0,))),
    ("dongbu", Series("gao-yuan", "nie-chao", 480, 183, 99, ("visit", "call"), "general", (0,))),
)
QUESTIONNAIRES = (
    ("xinqiao", "sha-ou", "jin-yue", 45, "443434 444344"),
    ("huize", "he-miao", "lan-xin", 150, "212121 222222"),
)


def tell(story: Document) -> None:
    """Add the accounts, their people and purchases, our teams, and what passed between us."""
    for id_, name, fields in ACCOUNTS:
        story.node("account", id_, name=name, currency="CNY", confirmed_on=day(30), **fields)
    for account, id_, name, function in DEPARTMENTS:
        story.node("department", id_, account_id=account, name=name, function=function)
    for account, id_, name, unit, title, rung, boss in PEOPLE:
        story.node("contact", id_, account_id=account, name=name, confirmed_on=day(40))
        since = 45 if id_ == "xu-jing-xinqiao" else 1200
        story.edge("works_in", id_, unit, title=title, rung=rung, since=day(since))
        if boss:
            story.edge("reports_to", id_, boss, since=day(since))
    for account, id_, fields in OPPORTUNITIES:
        story.node("opportunity", id_, account_id=account, currency="CNY", **fields)
    for contact, opportunity, roles, attitude, voice in PARTS:
        story.edge("plays", contact, opportunity, roles=roles, attitude=attitude, voice=voice)
    for member, account, role in TEAMS:
        story.edge("serves", member, account, role=role, since=day(560))
    _meetings(story)


def _meetings(story: Document) -> None:
    for account, series in SERIES:
        tell_series(story, series, account)
        tell_tie(story, series.members, series.contacts, series.first)
    for account, member, contact, ago, answers in QUESTIONNAIRES:
        tell_questionnaire(story, account, member, contact, ago, answers)
    tell_event(
        story, "xinqiao", 20, "survey", ["sha-ou"], ["jin-yue"], direction="mutual", sentiment=2, score=5
    )
    story.edge(
        "bond",
        "jin-yue",
        "wang-jianguo",
        basis="alumni",
        weight=0.7,
        confidence=0.9,
        note="同届同学。 Studied together.",
    )
