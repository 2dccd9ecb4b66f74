"""Names of people across scripts."""

from __future__ import annotations

_COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "公孙",
        "慕容",
        "令狐",
        "夏侯",
        "端木",
        "司徒",
        "南宫",
        "宇文",
    ]
)
_READ_OTHERWISE = {
    "单": "Shan",
    "仇": "Qiu",
    "曾": "Zeng",
    "解": "Xie",
    "任": "Ren",
    "查": "Zha",
    "区": "Ou",
    "翟": "Zhai",
    "盖": "Ge",
    "覃": "Qin",
    "尉迟": "Yuchi",
    "长孙": "Zhangsun",
}


def has_chinese(text: str) -> bool:
    """Whether `text` holds a Chinese character (CJK unified ideographs)."""
    return any("㐀" <= letter <= "鿿" for letter in text)


def latin_name(name: str) -> str | None:
    """Pinyin of a Chinese personal name, surname first ("Wang Jianguo"); None if `name` is not Chinese.

    Surnames with a reading of their own (单 Shan, 仇 Qiu) are read as surnames. O(length).
    """
    if not has_chinese(name):
        return None
    from pypinyin import lazy_pinyin  # slow to import; most runs never need it

    double = name[:2] in _COMPOUND_SURNAMES or name[:2] in _READ_OTHERWISE
    family, given = (name[:2], name[2:]) if double else (name[:1], name[1:])
    surname = _READ_OTHERWISE.get(family) or "".join(lazy_pinyin(family))
    return " ".join(part[:1].upper() + part[1:] for part in (surname, "".join(lazy_pinyin(given))) if part)
