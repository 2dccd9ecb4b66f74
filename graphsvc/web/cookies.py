"""The cookie of a session: out of reach of scripts and other sites' forms; by TLS bound to the host."""

from __future__ import annotations

from fastapi import Request, Response

from graphsvc.access.federation import LIVES
from graphsvc.access.sessions import LONGEST
from graphsvc.settings import Settings

_A_YEAR = 365 * 24 * 3600
COOKIE = "graphsvc"
COOKIE_BY_TLS = f"__Host-{COOKIE}"


def _name(settings: Settings) -> str:
    return COOKIE_BY_TLS if settings.encrypted else COOKIE


def _way_name(settings: Settings) -> str:
    return f"{_name(settings)}-way"


def session_cookie(request: Request, settings: Settings) -> str | None:
    """The secret of the session that the browser shows."""
    return request.cookies.get(_name(settings))


def give_cookie(response: Response, settings: Settings, secret: str) -> None:
    """Let the browser keep a session's secret."""
    response.set_cookie(
        _name(settings),
        secret,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=settings.encrypted,
        httponly=True,
        samesite="lax",
    )


def take_cookie(response: Response, settings: Settings) -> None:
    """Let the browser forget the session."""
    response.delete_cookie(
        _name(settings), path="/", secure=settings.encrypted, httponly=True, samesite="lax"
    )


def way_cookie(request: Request, settings: Settings) -> str:
    """The secret of the browser's way to the identity provider; "" if there is none."""
    return request.cookies.get(_way_name(settings), "")


def give_way_cookie(response: Response, settings: Settings, secret: str) -> None:
    """Let the browser keep the secret of its way until it is back."""
    response.set_cookie(
        _way_name(settings),
        secret,
        max_age=int(LIVES.total_seconds()),
        path="/",
        secure=settings.encrypted,
        httponly=True,
        samesite="lax",
    )


def take_way_cookie(response: Response, settings: Settings) -> None:
    """Let the browser forget its way."""
    response.delete_cookie(
        _way_name(settings), path="/", secure=settings.encrypted, httponly=True, samesite="lax"
    )


def keep_language(response: Response, lang: str) -> None:
    """Let the browser keep the language of the reader."""
    response.set_cookie("lang", lang, max_age=_A_YEAR, samesite="lax", httponly=True)
