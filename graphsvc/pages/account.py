"""One's own sign-in: who one is here, the password, the language, the browsers that are signed in."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from graphsvc.access.own import change_password, choose_language
from graphsvc.access.passwords import SHORTEST, with_passwords
from graphsvc.access.sessions import sessions_of
from graphsvc.errors import NotAllowed, SignInDelayed, SignInRefused
from graphsvc.pages.asking import Asked, Shown
from graphsvc.pages.people import LANGUAGES
from graphsvc.pages.signing import text_fields
from graphsvc.web.callers import known_caller, visit_of
from graphsvc.web.cookies import give_cookie, keep_language
from graphsvc.web.deps import services
from models.access import Through
from models.faults import InvalidInput
from models.fields import Label

router = APIRouter(include_in_schema=False)
PLACE = "/account"
SAID: Mapping[str, Label] = {
    "changed": Label(
        "The password is changed; other browsers are signed out.", "密码已修改；其他浏览器均已退出登录。"
    ),
    "language": Label("The language is kept.", "语言已保存。"),
    "wrong": Label("The current password is wrong.", "当前密码不正确。"),
    "easy": Label("The new password is too easy to guess.", "新密码过于简单。"),
    "later": Label("Too many attempts: wait a little.", "尝试次数过多，请稍候再试。"),
}
"""What a page says after a form was sent, by the word in its address; the first two are good news."""
_GOOD = ("changed", "language")


async def account(asked: Asked) -> Shown:
    """Who the reader is here, and what he may change of it. Raises StoreUnavailable."""
    caller, desk = known_caller(asked.request), services(asked.request).desk
    word = asked.request.query_params.get("said", "")
    user = caller.user if caller.through is Through.SESSION else None
    return Shown(
        (),
        {
            "user": user,
            "has_password": user is not None and user.name in await with_passwords(desk.store),
            "sees": None if caller.accounts is None else len(caller.accounts),
            "browsers": len(await sessions_of(desk, user.name)) if user else 0,
            "said": SAID.get(word),
            "good": word in _GOOD,
            "languages": LANGUAGES,
            "shortest": SHORTEST,
        },
    )


@router.post(f"{PLACE}/password")
async def new_password(request: Request) -> Response:
    """The password of who has signed in, changed; this browser goes on with a fresh session."""
    caller, found, form = known_caller(request), services(request), await text_fields(request)
    if caller.through is not Through.SESSION:
        raise NotAllowed
    current, password = form.get("current", ""), form.get("password", "")
    try:
        session = await change_password(found.desk, caller.name, current, password, visit_of(request))
    except SignInRefused:
        return _back("wrong")
    except SignInDelayed:
        return _back("later")
    except InvalidInput:
        return _back("easy")
    answer = _back("changed")
    give_cookie(answer, found.settings, session.secret)
    return answer


@router.post(f"{PLACE}/language")
async def new_language(request: Request) -> Response:
    """Pages come in the chosen language, for users wherever they sign in."""
    caller, form = known_caller(request), await text_fields(request)
    lang = next((code for code, _ in LANGUAGES if code == form.get("language")), None)
    if lang is None:
        return _back("")
    if caller.through is Through.SESSION:
        await choose_language(services(request).desk, caller.name, lang)
    answer = _back("language")
    keep_language(answer, lang)
    return answer


def _back(said: str) -> RedirectResponse:
    return RedirectResponse(f"{PLACE}?said={said}" if said else PLACE, 303)
