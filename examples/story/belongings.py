"""What is installed where, how the accounts trade with each other, and what was promised."""

from __future__ import annotations

from .deals import LINE_1, LINE_2, PLATFORM
from .document import Document, day
from .people import ACCOUNT

# id, name, whose (empty: ours), family
PRODUCTS = (
    ("line-control", "衡石产线控制 Hengshi Line Control", None, "产线 Lines"),
    ("energy-desk", "衡石能耗平台 Hengshi Energy Desk", None, "能源 Energy"),
    ("brightvane-flow", "博朗维流程平台 Brightvane Flow", "brightvane", "制造执行 Manufacturing execution"),
    ("beilan-basic", "北澜基础控制 Beilan Basic", "beilan", "产线 Lines"),
)

# kind of place, place, product, since (days ago), quantity, satisfaction, supplier, note
INSTALLED = (
    (
        "department",
        "jichuan-it",
        "brightvane-flow",
        1100,
        1,
        2,
        "博朗维 Brightvane",
        "升级拖了两年。 The upgrade is two years late.",
    ),
    (
        "department",
        "jichuan-production",
        "line-control",
        282,
        1,
        4,
        "衡石智能 Hengshi",
        "一号线换型 31 分钟。 Line 1 changes over in 31 minutes.",
    ),
    ("account", "xinqiao", "energy-desk", 700, 3, 5, "衡石智能 Hengshi", "愿做样板。 Willing to be shown."),
    ("department", "dongbu-plant", "beilan-basic", 1500, 2, 3, "汇泽分销 Huize", None),
)

# from, to, kind, share of the source's trade, note
CHANNELS = (
    ("jichuan", "jichuan-logistics", "owns", None, "集团全资。 Wholly owned by the group."),
    ("jichuan-logistics", "jichuan", "supplies", 0.8, "备件仓储与配送。 Stores and delivers spare parts."),
    ("huize", "jichuan-logistics", "supplies", 0.35, "低压电器与备件。 Switchgear and spare parts."),
    ("huize", "dongbu", "distributes", 0.2, "北澜产品也由其供货。 Supplies Beilan's products too."),
    ("lanshan", "jichuan", "partners", 0.25, "编制评标表。 Drafts the evaluation sheet."),
)

# id, account, kind, text, ours, theirs, purchase, due (days ago), done (days ago), advised by rule
ACTIONS = (
    (
        "spares-list",
        ACCOUNT,
        "promise",
        "补齐备件清单的最后两项。 Complete the spare-parts list: two items are missing.",
        "lin-lan",
        "sun-haitao",
        LINE_1,
        9,
        None,
        None,
    ),
    (
        "panel-replaced",
        ACCOUNT,
        "promise",
        "更换花屏的触摸屏。 Replace the flickering panel.",
        "gao-yuan",
        "li-guoqiang",
        LINE_1,
        12,
        12,
        None,
    ),
    (
        "acceptance",
        ACCOUNT,
        "next_step",
        "设备部与质量部会签一期验收。 Equipment and Quality sign the acceptance of the first phase.",
        "gao-yuan",
        "sun-haitao",
        LINE_1,
        -18,
        None,
        None,
    ),
    (
        "auditors-name",
        ACCOUNT,
        "next_step",
        "问清审计组组长是谁。 Find out who leads the audit.",
        "lin-lan",
        "audit-head",
        PLATFORM,
        -4,
        None,
        "name-unknown",
    ),
    (
        "evaluation-sheet",
        ACCOUNT,
        "next_step",
        "与岚山院核对评标表。 Go through the evaluation sheet with Lanshan.",
        "sha-ou",
        "helen-marsh",
        LINE_2,
        -2,
        None,
        None,
    ),
    (
        "dosing-visit",
        "dongbu",
        "next_step",
        "约厂长看加药间。 Visit the dosing room with the plant manager.",
        "gao-yuan",
        "nie-chao",
        "dongbu-dosing",
        30,
        None,
        None,
    ),
)


def tell(story: Document) -> None:
    """Add the products and where they stand, the channels between accounts, and the actions."""
    for id_, name, competitor, family in PRODUCTS:
        story.node("product", id_, name=name, competitor_id=competitor, family=family)
    for kind, place, product, since, quantity, satisfaction, supplier, note in INSTALLED:
        story.edge(
            "uses",
            place,
            product,
            source_kind=kind,
            since=day(since),
            quantity=quantity,
            satisfaction=satisfaction,
            supplier=supplier,
            note=note,
        )
    for source, target, channel, share, note in CHANNELS:
        story.edge("channel", source, target, kind=channel, share=share, note=note)
    for id_, account, action, text, ours, theirs, opportunity, due, done, rule in ACTIONS:
        story.node(
            "action",
            id_,
            account_id=account,
            kind=action,
            text=text,
            member_id=ours,
            contact_id=theirs,
            opportunity_id=opportunity,
            due=day(due),
            done_on=None if done is None else day(done),
            from_rule=rule,
        )
