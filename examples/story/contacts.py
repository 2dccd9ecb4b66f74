"""When and how we met Jichuan's people, and what the questionnaires say; tuned to the strengths of the story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from examples.story.deals import LINE_1, LINE_2, PLATFORM


@dataclass(frozen=True)
class Series:
    """Contacts of the same people from `first` to `last` days ago, `every` so many days."""

    members: str
    contacts: str
    first: int
    last: int
    every: int
    kinds: tuple[str, ...]
    topic: str
    moods: tuple[int, ...] = (0, 1)
    opportunity: str | None = None


VISITS = ("visit", "call", "meeting", "message")
TALKS = ("call", "message", "visit", "message")
LAB = ("demo", "meeting", "call")
CLUB = ("meeting", "meal", "call")
MEET = ("meeting",)

SERIES = (
    Series("lin-lan", "li-guoqiang", 530, 4, 18, ("visit", "call", "meal", "message"), "production", (1, 0, 1, 1)),
    Series("lin-lan", "chen-lixin", 520, 9, 27, CLUB, "operations", (1, 1, 0), LINE_2),
    Series("lin-lan", "zhao-yaqin", 500, 6, 26, TALKS, "office", (0, 1), PLATFORM),
    Series("lin-lan", "sun-haitao", 510, 8, 26, VISITS, "equipment", (0, 1, 0), LINE_2),
    Series("lin-lan", "zheng-hong", 500, 300, 50, LAB, "trial", (1,)),
    Series("lin-lan", "zheng-hong", 268, 183, 12, LAB, "trial", (1,)),
    Series("lin-lan", "cao-wenjing", 480, 12, 42, VISITS, "quality", (0, 1), LINE_1),
    Series("lin-lan", "ma-chaoqun luo-yulan", 470, 14, 38, ("visit", "visit", "training"), "users", (0, 1)),
    Series("lin-lan", "peng-liang fan-siyuan", 430, 20, 45, VISITS, "users"),
    Series("lin-lan", "xue-lan he-gang", 400, 34, 61, ("visit",), "quality"),
    Series("lin-lan", "helen-marsh", 300, 10, 29, ("meeting", "email", "call"), "sheet", (1, 0), LINE_2),
    Series("lin-lan", "wu-xiaodong", 400, 75, 80, ("meeting", "call"), "it", (-1, 0)),
    Series("lin-lan", "he-jun", 350, 50, 75, ("meeting", "call"), "price", (0, -1), LINE_2),
    Series("lin-lan", "ding-kai pan-li", 420, 25, 56, ("visit",), "equipment"),
    Series("he-miao", "liu-zhiyuan", 345, 15, 30, MEET, "invoice", (-1, -1, -2, -1, -1), LINE_1),
    Series("he-miao", "feng-lihua", 200, 60, 70, ("call", "email"), "money", (0,)),
    Series("he-miao", "he-jun wu-dan", 300, 36, 66, ("meeting", "email"), "price", (0,), LINE_2),
    Series("he-miao", "shi-wen", 300, 20, 40, ("call", "email"), "money", (0,)),
    Series("qin-song", "wang-jianguo", 408, 27, 127, MEET, "operations", (1,), PLATFORM),
    Series("qin-song", "zhou-min", 300, 45, 85, MEET, "golf", (0,), PLATFORM),
    Series("sha-ou", "song-jia", 400, 7, 16, ("demo", "message", "call"), "electric", (1, 2), LINE_2),
    Series("sha-ou", "sun-haitao", 450, 20, 43, ("meeting", "demo"), "equipment", (0,), LINE_2),
    Series("sha-ou", "dong-hao wu-xiaodong", 300, 60, 60, ("meeting",), "it", (0, -1), PLATFORM),
    Series("sha-ou", "gu-ming mao-ning", 260, 200, 30, ("demo",), "trial", (0, 1)),
    Series("gao-yuan", "hou-jian yao-jun lu-xiaojun", 240, 6, 18, ("visit",), "service", (0, 1), LINE_1),
    Series("gao-yuan", "xu-jing", 400, 66, 17, ("call", "visit", "message"), "spares", (1, 0)),
    Series("gao-yuan", "sun-haitao", 230, 10, 44, ("visit",), "service", (0,), LINE_1),
    Series("gao-yuan", "zhong-hui", 55, 5, 16, ("visit", "call"), "spares", (0,)),
)

# days ago, kind, ours, theirs, the rest
EVENTS: tuple[tuple[int, str, str, str, dict[str, Any]], ...] = (
    (40, "complaint", "lin-lan", "cao-wenjing",
     {"direction": "theirs", "sentiment": -1, "opportunity_id": LINE_1,
      "note": "一期两批次追溯数据丢失，未结。 Traceability data of two batches lost; still open."}),
    (25, "complaint", "lin-lan", "li-guoqiang",
     {"direction": "theirs", "sentiment": -1, "resolved_on": "today-12d", "opportunity_id": LINE_1,
      "note": "触摸屏花屏，已换。 Flickering panel, replaced."}),
    (150, "complaint", "gao-yuan", "sun-haitao",
     {"direction": "theirs", "sentiment": -1, "resolved_on": "today-139d", "opportunity_id": LINE_1,
      "note": "到场超过两小时。 More than two hours until we came."}),
    (95, "referral", "lin-lan", "li-guoqiang",
     {"direction": "theirs", "sentiment": 2, "note": "把我们介绍给曹文静。 Introduced us to Cao Wenjing."}),
    (64, "survey", "lin-lan", "sun-haitao", {"direction": "mutual", "score": 4, "opportunity_id": LINE_1}),
    (63, "survey", "lin-lan", "li-guoqiang",
     {"direction": "mutual", "sentiment": 1, "score": 5, "opportunity_id": LINE_1}),
    (62, "survey", "lin-lan", "cao-wenjing", {"direction": "mutual", "score": 3, "opportunity_id": LINE_1}),
    (110, "training", "lin-lan gao-yuan", "yuan-dayong deng-xiaoman han-lei xie-chunmei jia-zhiqiang",
     {"direction": "mutual", "sentiment": 1, "opportunity_id": LINE_1, "note": "新画面培训。 Training on the panel."}),
    (75, "event", "qin-song lin-lan", "chen-lixin li-guoqiang sun-haitao zhao-yaqin",
     {"direction": "ours", "sentiment": 1, "note": "用户大会参观样板厂。 Users' day at the model plant."}),
    (140, "meeting", "qin-song", "chen-lixin",
     {"direction": "mutual", "sentiment": 0, "opportunity_id": LINE_2, "note": "高层交流。 Talk among the heads."}),
    (86, "email", "qin-song", "tom-ellery",
     {"direction": "ours", "opportunity_id": PLATFORM, "note": "Payback calculation, first version."}),
    (80, "email", "qin-song", "tom-ellery",
     {"direction": "theirs", "opportunity_id": PLATFORM, "note": "Asked for the discount rate we used."}),
    (21, "demo", "sha-ou lin-lan", "meng-jie pan-li song-jia",
     {"direction": "mutual", "sentiment": 1, "opportunity_id": LINE_2, "note": "标前演示。 Demonstration before the tender."}),
)

# ours, theirs, days ago, answers P1–P6 I1–I6
QUESTIONNAIRES = (
    ("lin-lan", "li-guoqiang", 520, "101100 111011"),
    ("lin-lan", "li-guoqiang", 330, "333323 121121"),
    ("lin-lan", "li-guoqiang", 60, "434333 333434"),
    ("lin-lan", "chen-lixin", 400, "212122 222122"),
    ("lin-lan", "chen-lixin", 70, "332333 343333"),
    ("lin-lan", "zhao-yaqin", 90, "232322 232222"),
    ("lin-lan", "sun-haitao", 480, "010101 111110"),
    ("lin-lan", "sun-haitao", 85, "111211 333323"),
    ("lin-lan", "zheng-hong", 1100, "444333 332223"),
    ("lin-lan", "cao-wenjing", 100, "221222 233222"),
    ("lin-lan", "helen-marsh", 120, "222222 322222"),
    ("sha-ou", "song-jia", 80, "443324 333223"),
    ("gao-yuan", "xu-jing", 130, "433322 223322"),
    ("he-miao", "liu-zhiyuan", 200, "100100 121010"),
)

# What our people say of a tie: their own guess, the wanted grade, whether they would refer us.
CLOSENESS: dict[tuple[str, str], dict[str, Any]] = {
    ("lin-lan", "li-guoqiang"): {"self_strength": 85, "target_grade": "ally", "referral_ok": True},
    ("lin-lan", "chen-lixin"): {"self_strength": 75, "target_grade": "ally", "referral_ok": True},
    ("lin-lan", "zhao-yaqin"): {"self_strength": 60, "target_grade": "trusted"},
    ("lin-lan", "sun-haitao"): {"self_strength": 70, "target_grade": "trusted"},
    ("lin-lan", "zheng-hong"): {"self_strength": 85, "target_grade": "trusted"},
    ("lin-lan", "cao-wenjing"): {"self_strength": 60, "target_grade": "trusted"},
    ("qin-song", "wang-jianguo"): {"self_strength": 55, "target_grade": "trusted"},
    ("qin-song", "zhou-min"): {"self_strength": 30, "target_grade": "familiar"},
    ("he-miao", "liu-zhiyuan"): {"self_strength": 25, "target_grade": "familiar", "referral_ok": False},
    ("he-miao", "feng-lihua"): {"self_strength": 30, "target_grade": "trusted"},
    ("sha-ou", "song-jia"): {"self_strength": 75, "referral_ok": True},
}
