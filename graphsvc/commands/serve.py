"""graphsvc serve: the service over a store."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from graphsvc.commands.common import LangOption, StoreOption, settings_for, told
from graphsvc.commands.language import both
from graphsvc.logs import Form, Level
from models.access import Role

_Host = Annotated[
    str | None,
    typer.Option(
        help=both(
            "Address to listen on; others than loopback need users, GRAPHSVC_SECRET and TLS or a proxy.",
            "监听地址；非回环地址须有用户、GRAPHSVC_SECRET 以及 TLS 或代理。",
        )
    ),
]
_Port = Annotated[
    int | None,
    typer.Option(help=both("Port to listen on; 0 takes a free one.", "监听端口；0 为任意空闲端口。")),
]
_Proxy = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help=both("Address of the proxy that ends TLS, e.g. 127.0.0.1.", "终止 TLS 的代理地址。"),
    ),
]
_Certificate = Annotated[Path | None, typer.Option(help=both("Certificate chain (PEM).", "证书链（PEM）。"))]
_Key = Annotated[Path | None, typer.Option(help=both("Its private key.", "证书私钥。"))]
_Open = Annotated[
    bool,
    typer.Option(
        "--open",
        help=both(
            "Nobody signs in: whoever reaches this machine's own address is an administrator.",
            "无需登录：凡能访问本机地址者均为管理员。",
        ),
    ),
]

_LogFormat = Annotated[
    Form | None,
    typer.Option(help=both("Form of the log on stderr.", "标准错误输出的日志格式。")),
]
_LogLevel = Annotated[
    Level | None,
    typer.Option(
        help=both("From which level on to log; info is a line a request.", "日志级别；info 为每个请求一行。")
    ),
]


def serve(
    store: StoreOption = None,
    host: _Host = None,
    port: _Port = None,
    tls_certificate: _Certificate = None,
    tls_key: _Key = None,
    behind_proxy: _Proxy = None,
    open_door: _Open = False,
    log_format: _LogFormat = None,
    log_level: _LogLevel = None,
    lang: LangOption = None,
) -> None:
    """Serve the browser pages and the API."""
    with told():
        settings = settings_for(
            store_url=store,
            host=host,
            port=port,
            tls_certificate=tls_certificate,
            tls_key=tls_key,
            behind_proxy=behind_proxy,
            log_format=log_format,
            log_level=log_level,
            open_door=Role.ADMIN if open_door else None,
        )
        # Slow to load, and not needed to refuse an address.
        from graphsvc.commands.serving import run

        asyncio.run(run(settings, lambda url, link: _announce(url, link, settings.open_door)))


def _announce(url: str, link: str | None, door: Role | None) -> None:
    typer.echo(both(f"graphsvc serves on {url}  (Ctrl-C ends it)", f"graphsvc 运行于 {url}（Ctrl-C 结束）"))
    if door is not None:
        typer.echo(
            both(
                f"Nobody signs in: everybody acts as {door.en.lower()}.",
                f"无需登录：所有人以{door.zh}身份操作。",
            )
        )
    if link is not None:
        typer.echo(
            both(
                f"Nobody can sign in yet. Within a day this link makes the first administrator:\n  {link}",
                f"尚无用户。一天内可用以下链接创建首位管理员，仅限一次：\n  {link}",
            )
        )
