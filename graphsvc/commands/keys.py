"""graphsvc keys: list, make and revoke API keys."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphsvc.access.audit import Visit
from graphsvc.access.desk import Desk
from graphsvc.access.keys import ApiKey, NewKey
from graphsvc.access.keys import keys as all_keys
from graphsvc.commands.common import JsonOption, LangOption, StoreOption, told, usage
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json, print_table
from graphsvc.commands.users import ACTOR, at_desk
from graphsvc.features.keys.service import made_for, revoked
from graphsvc.features.users.service import user_named
from models.access import Role
from models.faults import validated

_Text = str | None


def keys(
    make: Annotated[
        _Text, typer.Option(metavar="NAME", help=both("Make a key called so.", "创建该名称的密钥。"))
    ] = None,
    user: Annotated[_Text, typer.Option(help=both("Whose.", "所属用户。"))] = None,
    role: Annotated[Role | None, typer.Option(help=both("At most the user's.", "不高于用户的角色。"))] = None,
    days: Annotated[int, typer.Option(help=both("How long it lives.", "有效天数。"))] = 90,
    metrics: Annotated[
        bool, typer.Option(help=both("It opens /metrics and nothing else.", "仅用于读取 /metrics。"))
    ] = False,
    revoke: Annotated[_Text, typer.Option(metavar="ID", help=both("End a key.", "撤销密钥。"))] = None,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """List the API keys, make one, or end one."""
    if make is not None and user is None:
        raise usage("Say whose key it is: --user.", "请用 --user 指明所属用户。")
    with told():
        if make is not None and user is not None:
            asked = validated(NewKey, {"name": make, "role": role, "days": days, "metrics": metrics})
            key, text = at_desk(store, lambda desk: _made(desk, user, asked))
            told_once = {**key.model_dump(mode="json"), "key": text}
            if json:
                print_json(told_once)
            else:
                typer.echo(both(f"Shown only now:\n{text}", f"仅显示一次：\n{text}"))
            return
        if revoke is not None:
            at_desk(store, lambda desk: revoked(desk, ACTOR, revoke, user, Visit()))
        _listed(at_desk(store, lambda desk: all_keys(desk, user)), json)


async def _made(desk: Desk, name: str, asked: NewKey) -> tuple[ApiKey, str]:
    return await made_for(desk, ACTOR, await user_named(desk, name), asked, Visit())


def _listed(found: list[ApiKey], json: bool) -> None:
    if json:
        print_json([key.model_dump(mode="json") for key in found])
        return
    header = [both("id", "编号"), both("user", "用户"), both("name", "名称"), both("begins", "开头")]
    header += [both("expires", "到期"), both("last used", "最近使用")]
    rows: list[list[Any]] = [
        [
            key.id,
            key.owner,
            key.name,
            key.prefix,
            f"{key.expires_at:%Y-%m-%d}",
            key.used_at and f"{key.used_at:%Y-%m-%d}",
        ]
        for key in found
    ]
    print_table(header, rows)
