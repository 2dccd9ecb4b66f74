"""Who may sign in, for administrators: each user with what he sees, and the form by which he is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphsvc.access.passwords import with_passwords
from graphsvc.access.users import User, users
from graphsvc.pages.asking import Asked, Shown
from graphsvc.stores.listing import every
from models.access import Role
from models.enums import NodeKind
from models.fields import Label
from viz.labels import label, names
from viz.texts import Lang

LANGUAGES: tuple[tuple[Lang, str], ...] = (("en", "English"), ("zh", "中文"))


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user; `known` says whether he has a password, `member` what his member is called."""

    user: User
    known: bool
    member: str | None


async def user_list(asked: Asked) -> Shown:
    """All users by name. O(users + our people). Raises StoreUnavailable."""
    found, known = await users(asked.store), await with_passwords(asked.store)
    called = {
        row.id: names(row.body["name"], row.body.get("latin_name"), asked.lang)[0]
        async for row in every(asked.store, asked.scope, NodeKind.MEMBER)
    }
    rows = [
        UserRow(user, user.name in known, user.member_id and called.get(user.member_id, user.member_id))
        for user in found
    ]
    return Shown((), {"users": rows, "languages": dict(LANGUAGES), "user_form": user_form(asked.lang)})


_WHO = Label("Who of ours it is: brings the accounts served", "对应的我方人员：自动带来其负责的客户")
_BESIDE = Label("Accounts seen beside those", "另可查看的客户")
_PRIVATE = Label("May see the private side of people", "可查看人员的个人资料")


def user_form(lang: str) -> dict[str, Any]:
    """The fields of a user as forms in the browser read them (viz/forms.py)."""
    roles = [{"value": str(role), "label": label(role, lang)} for role in Role]
    languages = [{"value": code, "label": name} for code, name in LANGUAGES]
    name = Label("User name, or e-mail address", "用户名或邮箱地址")
    asked = (
        field_of("name", name, "name", required=True, longest=64),
        field_of("role", Label("Role", "角色"), "choice", required=True, choices=roles),
        field_of("member_id", _WHO, "record", of="members"),
        field_of("accounts", _BESIDE, "records", of="accounts"),
        field_of("all_accounts", Label("Sees every account", "可查看全部客户"), "flag", default=False),
        field_of("dossiers", _PRIVATE, "flag", default=False),
        field_of("language", Label("Language", "语言"), "choice", choices=languages),
    )
    return form_in(asked, lang)


def form_in(fields: Iterable[dict[str, Any]], lang: str) -> dict[str, Any]:
    """A form in a language."""
    said = [{**field, "label": field["label"].zh if lang == "zh" else field["label"].en} for field in fields]
    return {"fields": said}


def field_of(name: str, said: Label, widget: str, **more: Any) -> dict[str, Any]:
    """A field of a form that no record is made of; what is not said is not there."""
    nothing = dict.fromkeys(("default", "unit", "least", "most", "longest", "choices", "of"))
    told = {"name": name, "label": said, "widget": widget, "required": False, "folded": False}
    return {**told, **nothing, **more}
