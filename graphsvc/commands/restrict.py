"""graphsvc restrict: an objection to profiling, and its end."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, told, with_store
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json
from graphsvc.features.privacy.service import restrict as restrict_person


def restrict(
    contact: Annotated[
        str, typer.Argument(metavar="CONTACT", help=both("Id of the contact.", "联系人编号。"))
    ],
    reason: Annotated[
        str, typer.Option(help=both("Why; it stands in the change log.", "原因，会写入变更日志。"))
    ],
    lift: Annotated[
        bool, typer.Option("--lift", help=both("Take him into analysis again.", "恢复参与分析。"))
    ] = False,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Leave a contact out of all analysis, or take him in again."""
    with told():
        body = {"restricted": not lift, "reason": reason}
        done = with_store(store, lambda opened: restrict_person(opened, OWNER, contact, body))
        if json:
            print_json(done.model_dump(mode="json"))
        elif done.change_set is None:
            typer.echo(both(f"{contact} was so already.", f"{contact} 已是如此。"))
        elif done.restricted:
            typer.echo(both(f"{contact} is left out of analysis.", f"{contact} 不再参与分析。"))
        else:
            typer.echo(both(f"{contact} takes part in analysis again.", f"{contact} 恢复参与分析。"))
