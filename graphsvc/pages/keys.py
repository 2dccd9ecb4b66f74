"""API keys on a page: one's own, for administrators everybody's; made, shown once, revoked."""

from __future__ import annotations

from typing import Any

from graphsvc.access.keys import NewKey, keys
from graphsvc.access.rights import may as may_do
from graphsvc.access.users import User
from graphsvc.pages.asking import Asked, Shown
from graphsvc.pages.people import field_of, form_in
from graphsvc.web.callers import known_caller
from graphsvc.web.deps import services
from models.access import Right, Role, Through
from models.fields import LONGEST_NAME, Label, Unit
from viz.labels import label


async def key_list(asked: Asked) -> Shown:
    """The keys the reader may see, the newest first, and the form of a new one. Raises StoreUnavailable."""
    caller, desk = known_caller(asked.request), services(asked.request).desk
    everybodys = caller.may(Right.ADMIN)
    found = await keys(desk, None if everybodys else caller.name)
    maker = caller.user if caller.through is Through.SESSION else None
    return Shown(
        (),
        {
            "keys": list(reversed(found)),
            "everybodys": everybodys,
            "now": desk.clock(),
            "key_form": key_form(maker, asked.lang) if maker else None,
        },
    )


_ROLE = Label("Role; empty is yours at each use", "角色；留空即使用时您的角色")
_ONLY = Label("Only these accounts; empty is all you see", "仅限这些客户；留空即您可见的全部")


_METRICS = Label("Opens /metrics and nothing else", "仅用于读取 /metrics")


def key_form(maker: User, lang: str) -> dict[str, Any]:
    """The fields of a new key: at most what its maker may."""
    roles, days = tuple(Role), NewKey.model_json_schema()["properties"]["days"]
    may = [{"value": str(role), "label": label(role, lang)} for role in roles[: roles.index(maker.role) + 1]]
    bounds = {"default": days["default"], "least": days["minimum"], "most": days["maximum"]}
    asked = [
        field_of("name", Label("What uses it", "用途"), "name", required=True, longest=LONGEST_NAME),
        field_of("role", _ROLE, "choice", choices=may),
        field_of("accounts", _ONLY, "records", of="accounts"),
        field_of("days", Label("Lives", "有效期"), "integer", unit=label(Unit.DAYS, lang), **bounds),
    ]
    if maker.dossiers:
        asked.insert(3, field_of("dossiers", Label("Dossiers too", "含个人资料"), "flag", default=False))
    if may_do(maker.role, Right.WATCH):
        asked.append(field_of("metrics", _METRICS, "flag", default=False))
    return form_in(asked, lang)
