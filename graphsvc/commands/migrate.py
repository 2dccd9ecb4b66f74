"""graphsvc migrate: a store brought to the newest schema."""

from __future__ import annotations

import typer

from graphsvc.commands.common import JsonOption, LangOption, StoreOption, told, with_store
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json


def migrate(json: JsonOption = False, store: StoreOption = None, lang: LangOption = None) -> None:
    """Migrate a store; a file is copied first, and the copy verified. Every other command does so too."""
    with told():
        done = with_store(store, lambda opened: opened.migrated())
        if json:
            backup = str(done.backup) if done.backup else None
            print_json({"from": done.before, "to": done.after, "backup": backup})
            return
        if done.before == done.after:
            typer.echo(both(f"Schema {done.after} is the newest.", f"模式 {done.after} 已是最新。"))
            return
        typer.echo(both(f"Schema {done.before} → {done.after}.", f"模式 {done.before} → {done.after}。"))
        if done.backup:
            typer.echo(both(f"The file as it was: {done.backup}", f"升级前的文件：{done.backup}"))
