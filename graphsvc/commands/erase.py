"""graphsvc erase: a person taken out of the store, after saying what that does."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands.common import (
    OWNER,
    JsonOption,
    LangOption,
    StoreOption,
    say,
    settings_for,
    told,
    usage,
    with_store,
)
from graphsvc.commands.language import both, lang
from graphsvc.commands.output import print_json
from graphsvc.features.privacy.schemas import ErasureReport
from graphsvc.features.privacy.service import erase as erase_person
from graphsvc.stores.port import GraphStore
from models.kinds import kind_named


def erase(
    contact: Annotated[
        str, typer.Argument(metavar="CONTACT", help=both("Id of the contact.", "联系人编号。"))
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=both("Only say what would be done.", "只说明将执行的操作。"))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=both("Do not ask.", "不再询问。"))] = False,
    also: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND:ID",
            help=both(
                "Another record whose words are to go too; repeatable.", "同时清除其文字的其他记录，可重复。"
            ),
        ),
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option(help=both("Why; it stays, so no names in it.", "原因；会保留，请勿写姓名。")),
    ] = None,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Take a person's words out of records, logs, search and files for good; a seat without a name stays."""
    if json and not (yes or dry_run):
        raise usage("--json needs --yes or --dry-run.", "--json 需要同时给出 --yes 或 --dry-run。")
    file = settings_for().erasures
    body = {"reason": reason, "also": [_record(text) for text in also or ()]}

    async def done(opened: GraphStore, dry: bool) -> ErasureReport:
        return await erase_person(opened, OWNER, contact, body | {"dry_run": dry}, file=file)

    async def work(opened: GraphStore) -> ErasureReport | None:
        if yes or dry_run:
            return await done(opened, dry_run)
        _say(await done(opened, True))
        if not typer.confirm(both("This cannot be undone. Erase?", "此操作无法撤销。确定清除吗？"), err=True):
            return None
        return await done(opened, False)

    with told():
        found = with_store(store, work)
        if found is None:
            raise typer.Exit(1)
        if json:
            print_json(found.model_dump(mode="json"))
            return
        _say(found)


def _say(found: ErasureReport) -> None:
    records, dossiers, entries = found.records, found.dossiers, found.entries
    who = ", ".join([found.contact_id, *found.people])
    if found.dry_run:
        en = f"Would erase {who}: {records} records lose their words, {dossiers} dossiers go, "
        zh = f"将清除 {who}：{records} 条记录去除文字，删除 {dossiers} 份个人资料，"
    else:
        en = f"Erased {who}: {records} records lost their words, {dossiers} dossiers went, "
        zh = f"已清除 {who}：{records} 条记录去除文字，删除 {dossiers} 份个人资料，"
    en += f"as did the words of {entries} log entries. {found.marks} marks keep him out."
    zh += f"{entries} 条日志去除文字；{found.marks} 个标记防止重新录入。"
    typer.echo(both(en, zh))
    if not found.dry_run:
        for state in (found.files, found.ledger):
            typer.echo(both(f"{state.en}.", f"{state.zh}。"))
    if found.mentions:
        say(both("Words of others name him; they are left to you:", "其他记录的文字提到此人，请自行判断："))
    for row in found.mentions:
        kind = kind_named(row.kind)
        where = ", ".join(row.fields) or both("only before", "仅在历史中")
        say(f"  {getattr(kind, lang())} {row.kind}:{row.id}  {where}")
    for view in found.saved_views:
        say(
            both(
                f"  the name of saved view {view.id} of {view.owner}",
                f"  {view.owner} 保存的视图 {view.id} 的名称",
            )
        )
    for change_set in found.reasons:
        say(both(f"  the reason of change set {change_set}", f"  变更 {change_set} 的原因"))


def _record(text: str) -> dict[str, str]:
    kind, colon, id_ = text.partition(":")
    if not colon:
        raise usage(
            "--also is KIND:ID, like interaction:i1.", "--also 的格式为 类型:编号，如 interaction:i1。"
        )
    return {"kind": kind, "id": id_}
