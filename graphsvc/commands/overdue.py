"""graphsvc overdue: who has not been met for too long, in an account of the store or in files."""

from __future__ import annotations

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, cell_of, found_by, rows_of
from graphsvc.commands.common import OWNER
from graphsvc.commands.language import both
from graphsvc.commands.output import print_table
from graphsvc.features.cadence.service import overdue_in, overdue_of
from graphsvc.features.questions import Question
from models.findings.cadence import OverdueContacts

_COLUMNS = (
    "rank", "contact_id", "name", "last_contact", "days", "cadence_days", "overdue_days", "due", "influence",
    "in_centre", "member_id",
)  # fmt: skip


@answering()
def overdue(
    asked: o.Asked,
) -> Reply:
    """Contacts past their rhythm, the most influential first."""
    query = Question(on=asked.on, as_of=asked.as_of)
    found = found_by(
        asked,
        lambda opened, id_, rules: overdue_in(opened, OWNER, id_, query, rules),
        lambda graph: overdue_of(graph, query),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: OverdueContacts) -> None:
    _print_for_people(asked, found)


def _print_for_people(asked: o.Asked, found: OverdueContacts) -> None:
    header = both(
        "rank id name last days rhythm overdue influence ours",
        "名次 编号 姓名 最近往来 已隔天数 正常间隔 逾期天数 影响力 我方",
    ).split()
    never = both("never", "从未")
    print_table(
        header,
        (
            [
                item.rank,
                cell_of(asked, item, "contact_id"),
                item.name,
                item.last_contact or never,
                item.days,
                item.cadence_days,
                item.overdue_days,
                item.influence,
                cell_of(asked, item, "member_id"),
            ]
            for item in found.items
        ),
    )
