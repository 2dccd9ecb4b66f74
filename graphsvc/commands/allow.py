"""graphsvc allow: somebody may be entered who is known by what was erased."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphsvc.access.desk import Desk
from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, told, usage, with_account
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json
from graphsvc.features.privacy.service import allow as lift

_Text = str | None


def allow(
    account: Annotated[
        str, typer.Option(metavar="ID-or-NAME", help=both("The account he is of.", "所属客户。"))
    ],
    name: Annotated[_Text, typer.Option(help=both("His name.", "姓名。"))] = None,
    id: Annotated[_Text, typer.Option("--id", help=both("His id.", "编号。"))] = None,
    phone: Annotated[_Text, typer.Option(help=both("His phone.", "电话。"))] = None,
    email: Annotated[_Text, typer.Option(help=both("His e-mail.", "邮箱。"))] = None,
    wechat: Annotated[_Text, typer.Option(help=both("His WeChat.", "微信。"))] = None,
    external_id: Annotated[
        list[str] | None,
        typer.Option(metavar="SYSTEM:VALUE", help=both("His id in another system.", "外部系统编号。")),
    ] = None,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Lift what keeps an erased person from being entered: for a namesake, or with his consent."""
    given = {"phone": phone, "email": email, "wechat": wechat}
    body: dict[str, Any] = {
        "name": name,
        "id": id,
        "channels": [{"kind": kind, "value": value} for kind, value in given.items() if value],
        "external_ids": dict(_pair(text) for text in external_id or ()),
    }
    if not any(body.values()):
        raise usage("Say what he is known by, e.g. --name.", "请说明识别信息，如 --name。")
    with told():
        done = with_account(
            store, account, lambda opened, id_: lift(Desk(opened), OWNER, {**body, "account_id": id_})
        )
        if json:
            print_json(done.model_dump(mode="json"))
        else:
            typer.echo(both(f"Lifted: {done.lifted}", f"已解除：{done.lifted}"))


def _pair(text: str) -> tuple[str, str]:
    system, colon, value = text.partition(":")
    if not colon:
        raise usage("--external-id is SYSTEM:VALUE.", "--external-id 的格式为 系统:编号。")
    return system, value
