"""graphsvc users: list, add, switch off, and one-time links."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

import typer

from graphsvc.access.audit import Visit
from graphsvc.access.desk import Desk
from graphsvc.access.users import users as all_users
from graphsvc.commands.common import (
    JsonOption,
    LangOption,
    StoreOption,
    settings_for,
    told,
    usage,
    with_store,
)
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json, print_table
from graphsvc.features.users import service
from models.access import Role

T = TypeVar("T")
ACTOR = "local"
"""Who sits at the command line."""
_Text = str | None


def users(
    add: Annotated[_Text, typer.Option(metavar="NAME", help=both("Add a user.", "添加用户。"))] = None,
    role: Annotated[Role, typer.Option(help=both("Role of a new user.", "新用户的角色。"))] = Role.REP,
    member: Annotated[
        _Text, typer.Option(metavar="ID", help=both("Who of ours it is.", "对应的我方人员编号。"))
    ] = None,
    account: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help=both("Sees this one as well.", "额外可见的客户编号。")),
    ] = None,
    all_accounts: Annotated[
        bool, typer.Option("--all-accounts", help=both("Sees all.", "可见全部客户。"))
    ] = False,
    dossiers: Annotated[
        bool, typer.Option("--dossiers", help=both("Dossiers too.", "可见个人资料。"))
    ] = False,
    link: Annotated[
        _Text,
        typer.Option(
            metavar="NAME", help=both("A one-time link for a new password.", "生成重设密码的一次性链接。")
        ),
    ] = None,
    off: Annotated[_Text, typer.Option(metavar="NAME", help=both("Switch a user off.", "停用用户。"))] = None,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """List the users, or add, invite or switch off one."""
    if sum(name is not None for name in (add, link, off)) > 1:
        raise usage("One of --add, --link, --off at a time.", "--add、--link、--off 只能选一。")
    with told():
        if add is not None:
            body: dict[str, Any] = {"name": add, "role": role, "member_id": member, "accounts": account or []}
            body |= {"all_accounts": all_accounts, "dossiers": dossiers}
            _invited(at_desk(store, lambda desk: service.added(desk, ACTOR, body, Visit()))[1], json)
        elif link is not None:
            _invited(at_desk(store, lambda desk: service.invited(desk, ACTOR, link.lower(), Visit())), json)
        else:
            if off is not None:
                at_desk(store, lambda desk: _switched_off(desk, off))
            _listed(store, json)


def at_desk(url: str | None, work: Callable[[Desk], Awaitable[T]]) -> T:
    """What `work` gives over the opened store with the secret of the settings."""
    key = settings_for(store_url=url).hashing_key
    return with_store(url, lambda opened: work(Desk(opened, key)))


async def _switched_off(desk: Desk, name: str) -> None:
    user = await service.user_named(desk, name)
    await service.changed(desk, ACTOR, user.name, {"active": False}, user.revision, Visit())


def _invited(found: service.Invited, json: bool) -> None:
    if json:
        print_json(found.model_dump(mode="json"))
        return
    typer.echo(
        both(
            f"Within a day {found.name} chooses a password by this page of the service:\n  {found.link}",
            f"{found.name} 可在服务的以下页面设置密码，一天内有效，仅限一次：\n  {found.link}",
        )
    )


def _listed(url: str | None, json: bool) -> None:
    found = at_desk(url, lambda desk: all_users(desk.store))
    if json:
        print_json([user.model_dump(mode="json") for user in found])
        return
    header = [
        both("name", "用户名"),
        both("role", "角色"),
        both("member", "我方人员"),
        both("accounts", "客户"),
        "",
    ]
    rows: list[list[Any]] = [
        [
            user.name,
            both(user.role.en, user.role.zh),
            user.member_id,
            both("all", "全部") if user.all_accounts or user.role is Role.ADMIN else " ".join(user.accounts),
            "" if user.active else both("off", "已停用"),
        ]
        for user in found
    ]
    print_table(header, rows)
