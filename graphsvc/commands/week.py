"""graphsvc week: what one of ours should do this week, over all accounts that member serves, or in files."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_across, rows_of
from graphsvc.commands.common import OWNER, query_of, say, usage
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.week.schemas import WeekQuery
from graphsvc.features.week.service import week_of, week_of_member
from models.findings.week import Week

_COLUMNS = (
    "rank", "account_id", "account", "duty", "urgency", "text", "stake", "due", "days_late", "contact_id",
    "opportunity_id", "rule",
)  # fmt: skip


_WHICH = Annotated[
    str | None,
    typer.Argument(
        metavar="ACCOUNT", help=both("On files of several accounts: which.", "文件含多个客户时：哪一个。")
    ),
]


@answering(account=_WHICH, all_accounts=True)
def week(
    asked: o.Asked,
    member: Annotated[
        str | None, typer.Option("--member", metavar="ID", help=both("Who of ours.", "我方人员编号。"))
    ] = None,
) -> Reply:
    """Promises, windows, contacts, advice and what to confirm, the most urgent first."""
    if asked.account and not asked.files:
        raise usage(
            "The week is over all accounts of the member; name one with --from only.",
            "本周要事涵盖该成员的所有客户；仅在使用 --from 时指定客户。",
        )
    whose = {} if member is None else {"member": member}
    query = query_of(WeekQuery, **whose, on=asked.on, as_of=asked.as_of)
    found = found_across(
        asked,
        lambda opened, rules: week_of_member(opened, OWNER, query, rules, language()),
        lambda files: week_of(files.graph, query, files.dossiers, lang=language()),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: Week) -> None:
    _print_for_people(found)


def _print_for_people(found: Week) -> None:
    header = both("rank urgency due what account text", "名次 紧急度 期限 类别 客户 内容").split()
    print_table(
        header,
        (
            [
                item.rank,
                getattr(item.urgency, language()),
                item.due,
                getattr(item.duty, language()),
                item.account,
                item.text,
            ]
            for item in found.items
        ),
    )
    if not found.accounts:
        say(both(f"{found.member} serves no account.", f"{found.member}不在任何客户团队中。"))
