"""Which language the command line speaks: --lang, else the environment, else English."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextvars import ContextVar
from itertools import pairwise

_chosen: ContextVar[str | None] = ContextVar("lang", default=None)


def lang() -> str:
    """ "zh" or "en": what --lang chose, else LC_ALL or LANG."""
    found = _chosen.get() or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if found.lower().startswith("zh") else "en"


def both(en: str, zh: str) -> str:
    """The sentence in the language in force."""
    return zh if lang() == "zh" else en


def choose(value: str | None) -> str | None:
    """The callback of --lang."""
    _chosen.set(value)
    return value


def choose_from(args: Sequence[str]) -> None:
    """Obey --lang before options are parsed, as help texts are made earlier."""
    _chosen.set(None)
    for word, following in pairwise([*args, ""]):
        if word == "--lang" or word.startswith("--lang="):
            _chosen.set(word.removeprefix("--lang").removeprefix("=") or following)
