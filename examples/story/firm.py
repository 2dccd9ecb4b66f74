"""Our people, and the competitors with theirs."""

from __future__ import annotations

from typing import Any

from .document import Document, day

# id, name, Latin name, title, rung, base city
MEMBERS = (
    ("lin-lan", "林澜", "Lin Lan", "大客户总监 Key-account director", "director", "霁川 Jichuan"),
    ("qin-song", "秦松", "Qin Song", "副总裁 Vice president", "director", "东埠 Dongbu"),
    ("sha-ou", "沙鸥", "Sha Ou", "售前顾问 Pre-sales consultant", "expert", "霁川 Jichuan"),
    ("gao-yuan", "高远", "Gao Yuan", "服务工程师 Service engineer", "expert", "霁川 Jichuan"),
    ("he-miao", "何苗", "He Miao", "商务经理 Contracts manager", "manager", "东埠 Dongbu"),
)
# What our people say of themselves: the small talk a first meeting can begin with.
BACKGROUNDS: dict[str, dict[str, Any]] = {
    "gao-yuan": {"hometown": "柳溪 Liuxi", "hobbies": ["钓鱼 Fishing"]},
    "qin-song": {"university": "东埠大学 Dongbu University", "hobbies": ["话剧 Spoken drama"]},
    "lin-lan": {"former_employers": ["新桥电力 Xinqiao Power"]},
}
# member, first and last day (days ahead), city, purpose
JOURNEYS = (("sha-ou", 1, 2, "新桥 Xinqiao", "调度系统方案。 The dispatch proposal."),)

# id, name, strengths, weaknesses
COMPETITORS = (
    (
        "brightvane",
        "博朗维 Brightvane",
        "信息部用了三年；与技术副总私交好。 Three years in IT; friends with the VP technology.",
        "满意度 2/5，升级拖延；服务外包。 Satisfaction 2 of 5, late upgrades; service outsourced.",
    ),
    (
        "beilan",
        "北澜控制 Beilan Control",
        "价格低，付款条件宽。 Low price, generous terms of payment.",
        "没有同规模业绩。 No reference of this size.",
    ),
)

# id, competitor, name, Latin name, title, traits
RIVALS = (
    (
        "bai-qiming",
        "brightvane",
        "白启明",
        "Bai Qiming",
        "区域总监 Regional director",
        "周六固定打高尔夫。 Plays golf every Saturday.",
    ),
    (
        "fang-zhe",
        "brightvane",
        "方哲",
        "Fang Zhe",
        "销售 Sales",
        "每周驻信息部两天。 In the IT office two days a week.",
    ),
    ("you-jia", "beilan", "尤佳", "You Jia", "销售 Sales", "何俊同乡。 From He Jun's home town."),
)

# representative, contact, strength as we believe it, since (days ago), note
COURTS = (
    ("bai-qiming", "zhou-min", 85, 1400, "每周六一起打高尔夫。 Golf every Saturday."),
    ("bai-qiming", "wang-jianguo", 40, 700, "年度供应商大会见面。 Meets him at the yearly suppliers' day."),
    (
        "fang-zhe",
        "wu-xiaodong",
        85,
        1100,
        "博朗维系统在信息部用了三年。 Three years with their system in IT.",
    ),
    ("fang-zhe", "dong-hao", 50, 800, "一起做过接口方案。 Worked out the interfaces together."),
    ("you-jia", "he-jun", 60, 900, "同乡，逢年过节走动。 Same home town; they visit at the holidays."),
)


def tell(story: Document) -> None:
    """Add our people, the competitors, their people and whom they court."""
    for id_, name, latin, title, rung, city in MEMBERS:
        story.node(
            "member",
            id_,
            name=name,
            latin_name=latin,
            title=title,
            rung=rung,
            city=city,
            email=f"{id_}@hengshi.example",
            **BACKGROUNDS.get(id_, {}),
            itinerary=[
                {"since": day(-first), "until": day(-last), "city": there, "purpose": purpose}
                for member, first, last, there, purpose in JOURNEYS
                if member == id_
            ],
        )
    for id_, name, strengths, weaknesses in COMPETITORS:
        story.node("competitor", id_, name=name, strengths=strengths, weaknesses=weaknesses)
    for id_, competitor, name, latin, title, traits in RIVALS:
        story.node(
            "rival", id_, competitor_id=competitor, name=name, latin_name=latin, title=title, traits=traits
        )
    for rival, contact, strength, since, note in COURTS:
        story.edge("courts", rival, contact, strength=strength, since=day(since), confidence=0.7, note=note)
