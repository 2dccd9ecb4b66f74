"""The three purchases, who plays which part in them, and who competes."""

from __future__ import annotations

from typing import Any

from .document import Document, day
from .people import ACCOUNT

LINE_1, LINE_2, PLATFORM = "line-1", "smart-line-2", "energy-platform"


def _reached(*stages: tuple[str, int, str]) -> list[dict[str, str]]:
    return [
        {"stage": stage, "reached_on": day(ago), "by": "林澜 Lin Lan", "evidence": evidence}
        for stage, ago, evidence in stages
    ]


def _criteria(*rows: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"text": text, "origin": origin, "owner_id": owner} for text, origin, owner in rows]


OPPORTUNITIES: dict[str, dict[str, Any]] = {
    LINE_1: {
        "name": "一期产线改造 Line Retrofit I",
        "value": 12_000_000,
        "step": "install",
        "step_since": day(120),
        "stage": "deliver",
        "status": "won",
        "problem": "一号线停机多。 Line 1 stands still too often.",
        "process": "已签约，验收由设备部与质量部会签。 Signed; acceptance by Equipment and Quality.",
        "timetable": "18 天后验收。 Acceptance in 18 days.",
        "budget": 12_500_000,
        "budget_state": "approved",
        "milestones": [
            *_reached(
                ("develop", 520, "现场调研纪要 Notes of the site survey"),
                ("qualify", 470, "售前立项单 Pre-sales approval"),
                ("propose", 400, "方案汇报 Proposal presented"),
                ("bid", 300, "中标通知 Letter of award"),
                ("negotiate", 240, "合同 Contract"),
            ),
            {"stage": "deliver", "planned_on": day(-18), "evidence": "验收计划 Acceptance plan"},
        ],
        "criteria": _criteria(
            ("停机减半 Half as much standstill", "theirs", "chen-lixin"),
            ("不停产改造 Rebuilt while the line runs", "ours", "li-guoqiang"),
            ("数据接口开放 Open interfaces to the data", "ours", "cao-wenjing"),
        ),
    },
    LINE_2: {
        "name": "二期智能产线 Smart Line II",
        "value": 28_000_000,
        "step": "evaluate",
        "step_since": day(21),
        "stage": "bid",
        "problem": "二号线换型慢，废品率高。 Line 2 is slow to change over and wastes material.",
        "process": "公开招标，七项指标评分。 Open tender, seven criteria are scored.",
        "timetable": "开标后 30 天定标。 Award 30 days after opening.",
        "budget": 30_000_000,
        "budget_state": "approved",
        "tender_issued_on": day(21),
        "milestones": _reached(
            ("develop", 260, "需求访谈 Interviews on needs"),
            ("qualify", 215, "售前立项单 Pre-sales approval"),
            ("propose", 75, "方案与演示 Proposal and demonstration"),
        ),
        "criteria": _criteria(
            ("换型时间 ≤ 20 分钟 Change-over within 20 minutes", "ours", "li-guoqiang"),
            ("边缘控制器冗余 Redundant edge controllers", "ours", "sun-haitao"),
            ("质量数据逐件追溯 Quality data traced piece by piece", "ours", "cao-wenjing"),
            ("兼容现有 IT 平台 Runs on the present IT platform", "competitor", "wu-xiaodong"),
            ("三年以上同系统业绩 Three years' record of the same system", "competitor", "zhou-min"),
            ("备件两小时到场 Spare parts within two hours", "theirs", "sun-haitao"),
            ("付款 3-3-3-1 Payment in four parts", "theirs", "he-jun"),
        ),
    },
    PLATFORM: {
        "name": "集团能耗平台 Group Energy Platform",
        "value": 60_000_000,
        "step": "brew",
        "step_since": day(34),
        "stage": "develop",
        "problem": "单位能耗比行业高 12%。 Energy per unit is 12 % above the industry's.",
        "process": "总经理办公会定是否立项。 The general manager's meeting decides whether and how much.",
        "timetable": "本季度内上会。 On the agenda this quarter.",
        "budget": 60_000_000,
        "budget_state": "planned",
        "criteria": _criteria(
            ("三年内收回投资 Pays for itself within three years", "theirs", "feng-lihua"),
            ("按产品计量能耗 Energy measured for each product", "ours", "li-guoqiang"),
            ("与现有 IT 平台一体 One with the present IT platform", "competitor", "wu-xiaodong"),
            ("可推广到各厂 Can be taken to every plant", "theirs", "zhao-yaqin"),
        ),
    },
}

# contact, attitude (None unknown), voice (None unknown), {purchase: roles}, concerns
PARTS: tuple[tuple[str, int | None, int | None, dict[str, tuple[str, ...]], tuple[str, ...]], ...] = (
    (
        "wang-jianguo",
        1,
        3,
        {PLATFORM: ("decision_maker",), LINE_2: ("influencer",)},
        ("return", "qualification"),
    ),
    (
        "chen-lixin",
        2,
        3,
        {PLATFORM: ("influencer",), LINE_2: ("decision_maker",), LINE_1: ("decision_maker",)},
        ("reliability", "delivery"),
    ),
    ("zhou-min", -1, 2, {PLATFORM: ("evaluator",), LINE_2: ("evaluator",)}, ("qualification", "reliability")),
    ("liu-zhiyuan", -2, 3, {PLATFORM: ("approver",), LINE_2: ("approver",)}, ("price", "terms", "return")),
    ("zhao-yaqin", 1, 2, {PLATFORM: ("gatekeeper",)}, ()),
    ("audit-head", None, None, {PLATFORM: ("approver",), LINE_2: ("approver",)}, ("terms",)),
    (
        "li-guoqiang",
        2,
        2,
        {PLATFORM: ("user", "champion"), LINE_2: ("user", "champion"), LINE_1: ("user",)},
        ("usability", "delivery"),
    ),
    (
        "sun-haitao",
        1,
        2,
        {PLATFORM: ("evaluator",), LINE_2: ("evaluator",), LINE_1: ("evaluator",)},
        ("reliability", "service"),
    ),
    ("wu-xiaodong", -2, 2, {PLATFORM: ("evaluator",), LINE_2: ("evaluator",)}, ("qualification", "service")),
    ("zheng-hong", 0, 1, {PLATFORM: ("evaluator",)}, ("quality",)),
    ("feng-lihua", 0, 1, {PLATFORM: ("evaluator",), LINE_2: ("evaluator",)}, ("return", "price")),
    ("he-jun", -1, 2, {PLATFORM: ("procurement",), LINE_2: ("procurement",)}, ("price", "terms")),
    ("song-jia", 2, 0, {PLATFORM: ("user",), LINE_2: ("evaluator",)}, ("usability",)),
    ("cao-wenjing", 1, 1, {PLATFORM: ("user",), LINE_2: ("user",), LINE_1: ("evaluator",)}, ("quality",)),
    ("tom-ellery", 0, 1, {PLATFORM: ("influencer",)}, ("return",)),
    (
        "helen-marsh",
        1,
        2,
        {LINE_2: ("evaluator", "influencer"), PLATFORM: ("influencer",)},
        ("qualification",),
    ),
    ("ma-chaoqun", 1, 1, {LINE_2: ("user",), PLATFORM: ("user",)}, ("usability", "reliability")),
    ("peng-liang", None, None, {LINE_2: ("user",), PLATFORM: ("user",)}, ("delivery",)),
    ("dong-hao", None, 1, {PLATFORM: ("evaluator",), LINE_2: ("evaluator",)}, ("service",)),
    ("meng-jie", None, None, {LINE_2: ("evaluator",)}, ("reliability",)),
    ("gu-ming", None, 1, {PLATFORM: ("evaluator",)}, ("quality",)),
    ("pan-li", None, None, {LINE_2: ("evaluator",), PLATFORM: ("user",)}, ("reliability",)),
    ("yan-dongmei", None, None, {PLATFORM: ("evaluator",)}, ("return",)),
    ("hou-jian", None, 2, {PLATFORM: ("user", "influencer")}, ("service",)),
    ("li-xiaomin", None, None, {LINE_2: ("procurement",)}, ("terms",)),
    ("long-fei", None, None, {PLATFORM: ("gatekeeper",)}, ("qualification",)),
)

# competitor, purchase, status; their features, ours, our advantages, their disadvantages, chances, threats
RIVALRIES = (
    (
        "brightvane",
        PLATFORM,
        "leading",
        "与现有 IT 平台一体。 One with the present IT platform.",
        "能耗模型来自一期产线实测。 Energy model measured on the first line.",
        "已有一期数据，可先算投资回报。 First-line data lets us prove the return beforehand.",
        "满意度 2/5，升级拖延两年。 Satisfaction 2 of 5, upgrade two years late.",
        "窗口开启：总经理亲自过问能耗。 A window is open: the general manager asks about energy himself.",
        "技术副总与其总监每周打高尔夫。 The VP technology plays golf with their director every week.",
    ),
    (
        "brightvane",
        LINE_2,
        "shortlisted",
        "集团内三年业绩。 Three years inside the group.",
        "边缘冗余，换型 18 分钟。 Redundant at the edge, change-over in 18 minutes.",
        "现场服务两小时到。 Service on site within two hours.",
        "现场服务外包。 Field service is outsourced.",
        "三项指标由我方提出。 Three of the criteria were our idea.",
        "信息部力推同一平台。 IT presses for one platform.",
    ),
    (
        "beilan",
        LINE_2,
        "shortlisted",
        "报价低约 15%。 About 15 % cheaper.",
        "全寿命成本低。 Lower cost over the whole life.",
        "备件本地库。 Spare parts held locally.",
        "没有同规模业绩。 No reference of this size.",
        "备件条款按服务评分。 The spare-parts clause is scored by service.",
        "采购部先看价格。 Procurement looks at the price first.",
    ),
    ("beilan", LINE_1, "out", None, None, None, None, None, None),
)


def tell(story: Document) -> None:
    """Add the purchases, the parts people play in them, and the competitors."""
    for id_, fields in OPPORTUNITIES.items():
        story.node("opportunity", id_, account_id=ACCOUNT, currency="CNY", **fields)
    for contact, attitude, voice, parts, codes in PARTS:
        concerns = [{"code": code, "form": ("explicit", "implied")[n > 0]} for n, code in enumerate(codes)]
        for opportunity, roles in parts.items():
            story.edge(
                "plays",
                contact,
                opportunity,
                roles=list(roles),
                attitude=attitude,
                voice=voice,
                concerns=concerns,
            )
    for (
        competitor,
        opportunity,
        status,
        theirs,
        ours,
        advantages,
        disadvantages,
        chances,
        threats,
    ) in RIVALRIES:
        story.edge(
            "competes_in",
            competitor,
            opportunity,
            status=status,
            their_features=theirs,
            our_features=ours,
            our_advantages=advantages,
            their_disadvantages=disadvantages,
            chances=chances,
            threats=threats,
        )
