"""graphsvc mcp: tools for assistants over standard input and output; they only read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from graphsvc.commands.common import LangOption, StoreOption, settings_for, told
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.errors import StartRefused
from graphsvc.settings import Settings
from models.access import Role

if TYPE_CHECKING:
    from graphsvc.access.desk import Desk

_Key = Annotated[
    str | None,
    typer.Option(
        envvar="GRAPHSVC_API_KEY",
        show_envvar=True,
        help=both("The API key whose rights hold.", "以该 API 密钥的权限读取。"),
    ),
]
_Open = Annotated[
    bool,
    typer.Option(
        "--open",
        help=both(
            "Without a key: all accounts of a store in a file, as a sales rep sees them.",
            "无需密钥：以销售代表身份读取文件存储中的全部客户。",
        ),
    ),
]


def mcp(
    store: StoreOption = None, key: _Key = None, open_door: _Open = False, lang: LangOption = None
) -> None:
    """Serve the answers as tools of the Model Context Protocol (MCP), over stdio."""
    with told():
        settings = settings_for(store_url=store, open_door=Role.REP if open_door else None)
        asyncio.run(_serve(settings, key, open_door))


async def _serve(settings: Settings, key: str | None, open_door: bool) -> None:
    # Slow to load, and not needed for help.
    from mcp.server.stdio import stdio_server

    from graphsvc.access.desk import Desk
    from graphsvc.app import create_app, document
    from graphsvc.assistants.asking import Asker
    from graphsvc.assistants.server import server_of
    from graphsvc.assistants.tools import tools_of
    from graphsvc.stores.open import is_file, open_beside

    _check(key, open_door, is_file(settings.store_url))
    store = await open_beside(settings.store_url, settings)
    try:
        role = Role.REP if key is None else await _role(Desk(store, settings.hashing_key), key)
        app = create_app(settings, store, dossiers=False)
        headers = {} if key is None else {"authorization": f"Bearer {key}"}
        told_by = document()
        server = server_of(
            Asker(app, headers, language()), tools_of(told_by, role), told_by["info"]["version"]
        )
        try:
            async with stdio_server() as (reading, writing):
                await server.run(reading, writing, server.create_initialization_options())
        finally:
            await app.state.services.workers.close()
    finally:
        await store.close()


def _check(key: str | None, open_door: bool, in_file: bool) -> None:
    """Raises StartRefused unless it is clear as whom the tools read."""
    if (key is None) is not open_door:
        raise StartRefused(
            "Give GRAPHSVC_API_KEY, or --open for a store in a file: one of them.",
            "请提供 GRAPHSVC_API_KEY，或对文件存储使用 --open：二者择一。",
        )
    if open_door and not in_file:
        raise StartRefused(
            "--open is for a store in a file; a server needs GRAPHSVC_API_KEY.",
            "--open 仅限文件存储；服务器存储须提供 GRAPHSVC_API_KEY。",
        )


async def _role(desk: Desk, key: str) -> Role:
    """The role a key has. Raises StartRefused for one that opens nothing."""
    from graphsvc.access.keys import caller_by_key

    caller = await caller_by_key(desk, key)
    if caller is None:
        raise StartRefused(
            "The API key opens nothing: it is wrong, has run out, or GRAPHSVC_SECRET is another.",
            "该 API 密钥无效：密钥错误、已过期，或 GRAPHSVC_SECRET 不一致。",
        )
    return caller.role
