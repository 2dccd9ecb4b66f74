"""Which of the two languages a request wants."""

from __future__ import annotations

from typing import Literal

from babel.core import negotiate_locale
from starlette.requests import Request

Lang = Literal["en", "zh"]


def language_of(request: Request) -> Lang:
    """`?lang=`, else the cookie `lang`, else Accept-Language, else English."""
    for chosen in (request.query_params.get("lang"), request.cookies.get("lang")):
        if chosen in ("en", "zh"):
            return "zh" if chosen == "zh" else "en"
    header = request.headers.get("accept-language", "")
    weighed = []
    for place, part in enumerate(header.split(",")[:20]):
        name, _, quality = part.strip().partition(";q=")
        try:
            weighed.append((-float(quality or 1), place, name.replace("-", "_")))
        except ValueError:
            continue
    preferred = [name.split("_")[0].lower() for _, _, name in sorted(weighed)]
    return "zh" if negotiate_locale(preferred, ["en", "zh"]) == "zh" else "en"
