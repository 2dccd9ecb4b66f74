"""Which language the command line speaks: --lang, else the environment, else English."""

from __future__ import annotations

import os
import sys
from contextvars import ContextVar

_chosen: ContextVar[str | None] = ContextVar("lang", default=None)


def lang() -> str:
    """ "zh" or "en": what --lang chose, else LC_ALL or LANG."""
    found = _chosen.get() or _argument(sys.argv) or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if found.lower().startswith("zh") else "en"


def both(en: str, zh: str) -> str:
    """The sentence in the language in force."""
    return zh if lang() == "zh" else en


def choose(value: str | None) -> str | None:
    """The callback of --lang."""
    _chosen.set(value)
    return value


def _argument(argv: list[str]) -> str | None:
    """--lang as typed: help texts are made before options are parsed."""
    for place, word in enumerate(argv):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and place + 1 < len(argv):
            return argv[place + 1]
    return None
