"""When and how we met Jichuan's people, and what the questionnaires say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .deals import LINE_1, LINE_2, PLATFORM


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


VISITS = ("visit", "call", "meal", "message")
TALKS = ("message", "message", "visit", "call")
CHATS = ("message", "message", "call")
LAB = ("demo", "meeting", "call")
LETTERS = ("message", "email")
CLUB = ("meeting", "meal", "call")
MEET = ("meeting",)

SERIES = (
    # An eventful first phase with production, equipment and quality, then the quieter rhythm of old friends.
    Series("lin-lan", "li-guoqiang", 532, 282, 10, VISITS, "production", (1, 0, 1), LINE_1),
    Series("lin-lan", "li-guoqiang", 236, 11, 45, LETTERS, "production", (1, 0)),
    Series("lin-lan", "chen-lixin", 520, 410, 22, CLUB, "operations", (1, 0), LINE_1),
    Series("lin-lan", "chen-lixin", 365, 13, 44, LETTERS, "operations", (1, 0), LINE_2),
    Series("lin-lan", "zhao-yaqin", 500, 276, 9, TALKS, "office", (0, 1), LINE_1),
    Series("lin-lan", "zhao-yaqin", 226, 10, 36, LETTERS, "office", (0, 1), PLATFORM),
    Series("lin-lan", "sun-haitao", 510, 318, 12, VISITS, "equipment", (0, 1, 0), LINE_1),
    Series("lin-lan", "sun-haitao", 263, 35, 57, LETTERS, "equipment", (0,), LINE_2),
    Series("lin-lan", "sun-haitao li-guoqiang cao-wenjing", 465, 300, 7, MEET, "site", (0, 0, 1), LINE_1),
    Series("lin-lan", "zheng-hong", 500, 300, 25, LAB, "trial", (1,)),
    Series("lin-lan", "zheng-hong", 267, 183, 12, LAB, "trial", (1,)),
    Series("lin-lan", "cao-wenjing", 480, 315, 15, TALKS, "quality", (0, 1), LINE_1),
    Series("lin-lan", "cao-wenjing", 250, 30, 55, LETTERS, "quality", (0, 1), LINE_1),
    Series(
        "lin-lan",
        "ma-chaoqun luo-yulan",
        470,
        270,
        20,
        ("visit", "training", "call"),
        "users",
        (0, 1),
        LINE_1,
    ),
    Series("lin-lan", "ma-chaoqun luo-yulan", 230, 30, 50, ("visit", "call"), "users", (0, 1)),
    Series("lin-lan", "peng-liang fan-siyuan", 430, 20, 41, CHATS, "users"),
    Series("lin-lan", "xue-lan he-gang", 400, 34, 61, ("visit", "call"), "quality"),
    Series("lin-lan", "helen-marsh", 300, 22, 34, LETTERS, "sheet", (1, 0), LINE_2),
    Series("lin-lan", "wu-xiaodong", 400, 120, 70, ("meeting", "email"), "it", (-1, 0)),
    Series("lin-lan", "he-jun", 350, 125, 75, ("meeting", "email"), "price", (0, -1), LINE_2),
    Series("lin-lan", "ding-kai pan-li", 420, 84, 56, ("visit", "call"), "equipment"),
    Series("lin-lan", "xu-jing", 400, 66, 12, CHATS, "spares", (1, 0)),
    # Twelve meetings about a disputed invoice.
    Series("he-miao", "liu-zhiyuan", 345, 15, 30, MEET, "invoice", (-1, -1, -2, -1, -1), LINE_1),
    Series("he-miao", "feng-lihua", 206, 66, 70, ("email", "email", "call"), "money", (0,)),
    Series("he-miao", "he-jun wu-dan", 300, 40, 52, ("email",), "price", (0,), LINE_2),
    Series("he-miao", "shi-wen", 320, 56, 66, ("email",), "money", (0,)),
    Series("he-miao", "wu-dan", 500, 420, 10, ("email",), "money", (0,), LINE_1),
    Series("qin-song", "wang-jianguo tian-jingwen", 408, 27, 127, MEET, "operations", (0,), PLATFORM),
    Series("qin-song", "zhou-min", 205, 95, 110, ("meeting", "call"), "golf", (0,), PLATFORM),
    Series("sha-ou", "song-jia", 400, 250, 9, LAB, "electric", (1, 2), LINE_2),
    Series("sha-ou", "song-jia", 215, 15, 40, LETTERS, "electric", (1, 2), LINE_2),
    Series("sha-ou", "sun-haitao", 450, 18, 36, ("email", "email", "call"), "equipment", (0,), LINE_2),
    Series("sha-ou", "dong-hao wu-xiaodong", 300, 90, 70, ("meeting", "email"), "it", (0, -1), PLATFORM),
    Series("sha-ou", "gu-ming mao-ning", 260, 200, 30, ("demo",), "trial", (0, 1)),
    Series(
        "gao-yuan", "hou-jian yao-jun", 240, 24, 36, ("call", "message", "visit"), "service", (0, 1), LINE_1
    ),
    Series("gao-yuan", "lu-xiaojun", 140, 20, 40, LETTERS, "service", (0, 1), LINE_1),
    Series("gao-yuan", "sun-haitao", 230, 26, 34, ("message",), "service", (0,), LINE_1),
    Series("gao-yuan", "zhong-hui", 55, 5, 25, ("message",), "spares", (0,)),
)

# days ago, kind, ours, theirs, the rest
EVENTS: tuple[tuple[int, str, str, str, dict[str, Any]], ...] = (
    (
        40,
        "complaint",
        "lin-lan",
        "cao-wenjing",
        {
            "direction": "theirs",
            "sentiment": -1,
            "opportunity_id": LINE_1,
            "note": "一期两批次追溯数据丢失，未结。 Traceability data of two batches lost; still open.",
        },
    ),
    (
        25,
        "complaint",
        "lin-lan",
        "li-guoqiang",
        {
            "direction": "theirs",
            "sentiment": -1,
            "resolved_on": "today-12d",
            "opportunity_id": LINE_1,
            "note": "触摸屏花屏，已换。 Flickering panel, replaced.",
        },
    ),
    (
        150,
        "complaint",
        "gao-yuan",
        "sun-haitao",
        {
            "direction": "theirs",
            "sentiment": -1,
            "resolved_on": "today-139d",
            "opportunity_id": LINE_1,
            "note": "到场超过两小时。 More than two hours until we came.",
        },
    ),
    (
        95,
        "referral",
        "lin-lan",
        "li-guoqiang",
        {"direction": "theirs", "sentiment": 2, "note": "把我们介绍给曹文静。 Introduced us to Cao Wenjing."},
    ),
    (64, "survey", "lin-lan", "sun-haitao", {"direction": "mutual", "score": 4, "opportunity_id": LINE_1}),
    (
        63,
        "survey",
        "lin-lan",
        "li-guoqiang",
        {"direction": "mutual", "sentiment": 1, "score": 5, "opportunity_id": LINE_1},
    ),
    (62, "survey", "lin-lan", "cao-wenjing", {"direction": "mutual", "score": 3, "opportunity_id": LINE_1}),
    (
        110,
        "training",
        "lin-lan",
        "yuan-dayong deng-xiaoman han-lei xie-chunmei jia-zhiqiang",
        {
            "direction": "mutual",
            "sentiment": 1,
            "opportunity_id": LINE_1,
            "note": "新画面培训。 Training on the panel.",
        },
    ),
    (
        75,
        "event",
        "lin-lan",
        "chen-lixin li-guoqiang sun-haitao zhao-yaqin",
        {"direction": "ours", "sentiment": 1, "note": "用户大会参观样板厂。 Users' day at the model plant."},
    ),
    (
        140,
        "meeting",
        "qin-song",
        "chen-lixin",
        {
            "direction": "mutual",
            "sentiment": 0,
            "opportunity_id": LINE_2,
            "note": "高层交流。 Talk among the heads.",
        },
    ),
    (
        86,
        "email",
        "qin-song",
        "tom-ellery",
        {"direction": "ours", "opportunity_id": PLATFORM, "note": "Payback calculation, first version."},
    ),
    (
        80,
        "email",
        "qin-song",
        "tom-ellery",
        {"direction": "theirs", "opportunity_id": PLATFORM, "note": "Asked for the discount rate we used."},
    ),
    (
        21,
        "demo",
        "lin-lan",
        "meng-jie pan-li song-jia",
        {
            "direction": "mutual",
            "sentiment": 1,
            "opportunity_id": LINE_2,
            "note": "标前演示。 Demonstration before the tender.",
        },
    ),
)

# ours, theirs, days ago, answers P1–P6 I1–I6
QUESTIONNAIRES = (
    ("lin-lan", "li-guoqiang", 520, "101100 111011"),
    ("lin-lan", "li-guoqiang", 330, "333323 121121"),
    ("lin-lan", "li-guoqiang", 60, "433233 333222"),
    ("lin-lan", "chen-lixin", 400, "212122 222122"),
    ("lin-lan", "chen-lixin", 70, "322222 233222"),
    ("lin-lan", "zhao-yaqin", 90, "222221 121221"),
    ("lin-lan", "sun-haitao", 480, "010101 111110"),
    ("lin-lan", "sun-haitao", 85, "101111 232322"),
    ("lin-lan", "zheng-hong", 1100, "433322 222112"),
    ("lin-lan", "cao-wenjing", 100, "111112 122221"),
    ("lin-lan", "helen-marsh", 120, "222222 222222"),
    ("sha-ou", "song-jia", 80, "333223 323222"),
    ("lin-lan", "xu-jing", 130, "232221 122122"),
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
