"""Names and labels in the language asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from models.enums import BuyingRole, Degree, Term
from models.names import has_chinese, latin_name
from viz.texts import texts

_TOKENS = re.compile(r"[^\s/|·（）()]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_ITEMS = re.compile(r"(、|, )")
_ACRONYM = re.compile(r"[A-Z0-9&]{1,5}")

ROLES_BY_WEIGHT = (
    BuyingRole.DECISION_MAKER,
    BuyingRole.APPROVER,
    BuyingRole.EVALUATOR,
    BuyingRole.GATEKEEPER,
    BuyingRole.CHAMPION,
    BuyingRole.COACH,
    BuyingRole.INFLUENCER,
    BuyingRole.PROCUREMENT,
    BuyingRole.USER,
)
"""Which of several roles a picture shows first."""


def label(term: Term | Degree, lang: str) -> str:
    """The label of a value of a closed vocabulary."""
    return term.zh if lang == "zh" else term.en


def role_word(role: BuyingRole, lang: str) -> str:
    """A buying role in one short word, for cards: what the person does in the purchase."""
    _ = texts(lang)
    words = {
        BuyingRole.DECISION_MAKER: _("Decides"),
        BuyingRole.APPROVER: _("Approves"),
        BuyingRole.EVALUATOR: _("Evaluates"),
        BuyingRole.USER: _("Uses"),
        BuyingRole.INFLUENCER: _("Influences"),
        BuyingRole.GATEKEEPER: _("Guards"),
        BuyingRole.CHAMPION: _("Champions"),
        BuyingRole.COACH: _("Coaches"),
        BuyingRole.PROCUREMENT: _("Buys"),
    }
    return words[role]


@lru_cache(maxsize=4096)
def in_language(text: str, lang: str) -> str:
    """The part of a text in both scripts that is in the language asked for: "生产部 Production" → "生产部".

    Text in one script and text whose scripts alternate stay whole; an acronym before Chinese is part of
    the Chinese ("SAP 顾问").
    """
    if not has_chinese(text) or not _LATIN.search(text):
        return text
    tokens = [(match.start(), match.end(), has_chinese(match.group())) for match in _TOKENS.finditer(text)]
    scripts = _scripts(text, tokens)
    changes = [place for place in range(1, len(scripts)) if scripts[place] != scripts[place - 1]]
    if len(changes) != 1:
        return text
    first = text[tokens[0][0] : tokens[changes[0] - 1][1]]
    second = text[tokens[changes[0]][0] : tokens[-1][1]]
    chinese, latin = (first, second) if scripts[0] else (second, first)
    return chinese if lang == "zh" else latin


def own_words(sentence: str, lang: str) -> str:
    """A sentence of ours in the language asked for too: what it quotes, in both scripts, follows a colon.

    A list of which every item is in both scripts is taken item by item.
    """
    said, colon, quoted = sentence.rpartition("：" if has_chinese(sentence) and "：" in sentence else ": ")
    items = _ITEMS.split(quoted)
    if len(items) > 1 and all(has_chinese(item) and _LATIN.search(item) for item in items[::2]):
        return said + colon + "".join(in_language(item, lang) for item in items)
    parted = re.split(r"(: |：)", sentence, maxsplit=1)
    return "".join([*parted[:-1], in_language(parted[-1], lang)])


def _scripts(text: str, tokens: list[tuple[int, int, bool]]) -> list[bool]:
    """Whether each token is Chinese; digits go with the token before, acronyms with Chinese behind them."""
    before_chinese = {token[:2] for token, after in pairwise(tokens) if after[2]}
    scripts: list[bool | None] = []
    for start, end, chinese in tokens:
        word = text[start:end]
        chinese = chinese or bool(_ACRONYM.fullmatch(word) and (start, end) in before_chinese)
        neutral = not chinese and not _LATIN.search(word)
        scripts.append((scripts[-1] if scripts else None) if neutral else chinese)
    first = next((script for script in scripts if script is not None), False)
    return [first if script is None else script for script in scripts]


def names(name: str, latin: str | None, lang: str) -> tuple[str, str | None]:
    """A person's name in the language asked for, and the one in the other script (None if there is none)."""
    own = in_language(name, "zh")
    if not has_chinese(own):
        return own, None
    other = latin or in_language(name, "en")
    if other == own:
        other = latin_name(own) or own
    return (own, other) if lang == "zh" else (other, own)


@lru_cache(maxsize=65536)
def search_terms(name: str, latin: str | None) -> str:
    """What a person is found by beside the name, in lower case: "wang-jian-guo wjg" of 王建国.

    Hyphens part the syllables of a spelling; one that differs only by them from another is left out.
    """
    joined = re.sub(r"[^a-z0-9]", "", (latin or "").lower())
    if not has_chinese(name):
        return joined
    from pypinyin import Style, lazy_pinyin  # slow to import; pictures without Chinese names never need it

    spelled = "-".join(re.sub(r"[^a-z0-9]", "", part.lower()) for part in lazy_pinyin(name))
    if joined == spelled.replace("-", ""):
        joined = ""
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return " ".join(dict.fromkeys(term for term in (joined, spelled, initials) if term))


def initials(name: str, latin: str | None) -> str:
    """One or two letters for a person of ours: "LL" of Lin Lan; a Chinese name is spelled out first."""
    words = re.findall(r"[A-Za-zÀ-ɏ]+", latin or latin_name(name) or name)
    return "".join(word[0].upper() for word in words[:2]) if words else name[-2:]
