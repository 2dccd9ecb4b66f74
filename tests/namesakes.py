"""Invented accounts with known duplicates, by seed: what detection is measured on."""

from __future__ import annotations

import random
from typing import Any

from models.enums import EdgeKind
from models.names import latin_name
from tests.invented import Invented

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = [
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀兰",
    "霞",
    "平",
    "刚",
    "桂英",
    "建国",
    "建华",
    "志强",
    "志明",
    "小红",
    "晓明",
    "文博",
    "子轩",
    "雨桐",
    "浩然",
    "欣怡",
    "海燕",
    "国栋",
    "永强",
    "丽华",
    "玉兰",
    "春梅",
    "雪梅",
    "俊杰",
    "嘉怡",
    "思远",
    "天佑",
    "一鸣",
    "家豪",
    "梦琪",
    "佳慧",
    "宏伟",
    "德胜",
    "新民",
    "红梅",
    "少华",
    "立新",
]
_FIRST = [
    "Anna",
    "Bruno",
    "Clara",
    "David",
    "Elena",
    "Felix",
    "Greta",
    "Henrik",
    "Irena",
    "Jonas",
    "Katharina",
    "Lukas",
    "Marta",
    "Nikolas",
    "Olga",
    "Patrick",
    "Regina",
    "Stefan",
    "Theresa",
    "Ulrich",
    "Veronika",
    "Walter",
    "Xenia",
    "Yvonne",
    "Zacharias",
    "Friedrich",
    "Charlotte",
    "Bernhard",
]
_LAST = [
    "Ackermann",
    "Baumgartner",
    "Christiansen",
    "Dombrowski",
    "Engelhardt",
    "Fitzgerald",
    "Grabowski",
    "Hofstetter",
    "Iversen",
    "Johansson",
    "Kowalski",
    "Lindqvist",
    "Montgomery",
    "Nakamura",
    "Oberholzer",
    "Petersen",
    "Rasmussen",
    "Schneider",
    "Thompson",
    "Underwood",
    "Villanueva",
    "Winterhalter",
    "Zimmermann",
    "Blackwood",
    "Castellano",
    "Drummond",
    "Eriksson",
    "Featherstone",
]
Pair = frozenset[str]


def account(seed: int, people: int = 400, share: float = 0.15) -> tuple[Invented, set[Pair]]:
    """People in departments of 20, a share of them entered twice, and who is entered twice.

    The second entry spells the name in another way or with a typo and keeps only some of what is known.
    Names are drawn with few families frequent, so that many share a name without being one.
    """
    rng = random.Random(seed)
    made, twice = Invented(), set[Pair]()
    units = [f"unit-{number}" for number in range(max(2, people // 20))]
    for unit in units:
        made.department(unit)
    for number in range(people):
        name, unit = _name(rng), rng.choice(units)
        known = _reached(rng, number)
        _add(made, f"p{number:05}", name, rng.random() < 0.85 and unit, _some(rng, known, 0.75))
        if rng.random() < share:
            kept = _some(rng, known, 0.6)
            again = rng.random() < 0.8 and unit
            if not kept and not again:
                again = unit  # nobody could tell: with a name alone it is no duplicate to be found
            _add(made, f"q{number:05}", _other_way(rng, name), again, kept)
            twice.add(frozenset((f"p{number:05}", f"q{number:05}")))
    return made, twice


def _name(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    family = _SURNAMES[min(int(rng.expovariate(0.12)), len(_SURNAMES) - 1)]
    return family + rng.choice(_GIVEN)


def _reached(rng: random.Random, number: int) -> list[dict[str, str]]:
    found = [{"kind": "email", "value": f"Name.{number}@example.com"}]
    found.append({"kind": "phone", "value": f"+86 138 {number:04} {rng.randrange(10_000):04}"})
    if rng.random() < 0.3:
        found.append({"kind": "wechat", "value": f"wx_{number}"})
    return found


def _some(rng: random.Random, known: list[dict[str, str]], chance: float) -> list[dict[str, str]]:
    return [channel for channel in known if rng.random() < chance]


def _add(made: Invented, id: str, name: str, unit: str | bool, channels: list[dict[str, str]]) -> None:
    made.contact(id, name=name, channels=channels)
    if unit:
        made.edge(EdgeKind.WORKS_IN, id, str(unit))


def _other_way(rng: random.Random, name: str) -> str:
    """A name as somebody else enters it."""
    latin = latin_name(name)
    if latin is None:
        first, last = name.split()
        ways: list[Any] = [name, name, name.upper(), f"{last} {first}", f"Dr. {name}", _typo(rng, name)]
    else:
        family, given = (*latin.split(), "")[:2]
        ways = [
            name,
            name,
            f"{name[0]} {name[1:]}",
            latin,
            f"{given} {family}",
            latin.replace(" ", "").lower(),
        ]
    return str(rng.choice(ways))


def _typo(rng: random.Random, name: str) -> str:
    place = rng.randrange(1, len(name) - 1)
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return rng.choice([name[:place] + name[place + 1 :], swapped])
