"""The private side of a few people: what they told us themselves, kept for two years."""

from __future__ import annotations

from typing import Any

from .document import Document, day
from .people import ACCOUNT

# contact → field → what is known, on what basis, where from
FACTS: dict[str, dict[str, tuple[tuple[str, str, str], ...]]] = {
    "wang-jianguo": {
        "hobbies": (("话剧，逢新戏必看。 Spoken drama; sees every new play.", "consent", "秦松 Qin Song"),),
        "hometown": (("新桥。 Xinqiao.", "made_public", "公司年报 Annual report"),),
        "university": (
            (
                "江北工学院动力系。 Jiangbei Institute, power engineering.",
                "made_public",
                "年报 Annual report",
            ),
        ),
        "career": (
            (
                "当过兵，从班组长做起。 Served in the army; began as a foreman.",
                "made_public",
                "厂报 Works paper",
            ),
        ),
        "goals": (("吨产品能耗降 8%。 Energy per ton down by 8 %.", "interest", "办公会 Board meeting"),),
    },
    "chen-lixin": {
        "former_employers": (
            (
                "在设备部当过三年学徒。 Three years an apprentice in Equipment.",
                "consent",
                "林澜 Lin Lan",
            ),
        ),
        "goals": (("二线年内投产。 Line II running this year.", "interest", "林澜 Lin Lan"),),
    },
    "liang-wei": {
        "hometown": (("柳溪。 Liuxi.", "made_public", "厂报 Works paper"),),
        "hobbies": (("周末钓鱼。 Fishing at weekends.", "interest", "李国强 Li Guoqiang"),),
    },
    "zhou-min": {
        "sports": (("周六高尔夫。 Golf on Saturdays.", "interest", "秦松 Qin Song"),),
        "ambitions": (("主持集团数字化。 To lead the group's digital work.", "interest", "秦松 Qin Song"),),
    },
    "li-guoqiang": {
        "family": (("女儿今年高考。 His daughter sits the entrance exam.", "consent", "林澜 Lin Lan"),),
        "food": (("爱吃面，不喝酒。 Likes noodles; does not drink.", "consent", "林澜 Lin Lan"),),
        "last_holiday": (("带家人去了海边。 At the sea with his family.", "consent", "林澜 Lin Lan"),),
    },
    "song-jia": {
        "books": (("科幻小说。 Science fiction.", "consent", "沙鸥 Sha Ou"),),
        "pets": (("一只橘猫。 A ginger cat.", "consent", "沙鸥 Sha Ou"),),
    },
}
# Fields that hold one item; all others hold a list.
SINGLE = {"family", "hometown", "university", "last_holiday", "next_holiday", "goals", "ambitions", "career"}

# contact, first and last day (days ahead), city, purpose, basis, source
JOURNEYS = (
    (
        "wang-jianguo",
        6,
        8,
        "东埠 Dongbu",
        "行业年会。 Yearly congress of the trade.",
        "interest",
        "赵雅琴 Zhao Yaqin",
    ),
)
KEPT_FOR = 730
"""How long an item is kept, in days."""


def tell(story: Document) -> None:
    """Add a dossier for each of them."""
    for contact, facts in FACTS.items():
        fields: dict[str, Any] = {
            name: _item(*items[0]) if name in SINGLE else [_item(*item) for item in items]
            for name, items in facts.items()
        }
        journeys = [
            {
                "since": day(-first),
                "until": day(-last),
                "city": city,
                "purpose": purpose,
                **_kept(basis, source),
            }
            for who, first, last, city, purpose, basis, source in JOURNEYS
            if who == contact
        ]
        story.node(
            "dossier",
            f"dossier.{contact}",
            account_id=ACCOUNT,
            contact_id=contact,
            itinerary=journeys,
            **fields,
        )


def _item(text: str, basis: str, source: str) -> dict[str, str]:
    return {"text": text, **_kept(basis, source)}


def _kept(basis: str, source: str) -> dict[str, str]:
    return {"basis": basis, "source": source, "expires_on": day(-KEPT_FOR)}
