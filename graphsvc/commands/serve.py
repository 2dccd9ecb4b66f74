"""graphsvc serve: the service over a store."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from graphsvc.commands.common import StoreOption, settings_for, told
from graphsvc.commands.language import both
from models.access import Role


def serve(
    store: StoreOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; only loopback.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    open_door: Annotated[
        bool,
        typer.Option(
            "--open",
            help=both(
                "Nobody signs in: whoever reaches this machine's own address is an administrator.",
                "无需登录：凡能访问本机地址者均为管理员。",
            ),
        ),
    ] = True,
) -> None:
    """Serve the browser pages and the API."""
    with told():
        settings = settings_for(
            store_url=store, host=host, port=port, open_door=Role.ADMIN if open_door else None
        )
        # Slow to load, and not needed to refuse an address.
        from graphsvc.commands.serving import run

        asyncio.run(run(settings, lambda url: typer.echo(f"graphsvc serves on {url}  (Ctrl-C ends it)")))
