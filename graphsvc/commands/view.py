"""graphsvc view: a picture of an account as a file, of the store or straight of files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import answering, found_by
from graphsvc.commands.common import OWNER, query_of, usage
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.features.views.files import FileQuery, ViewForm, file_of
from graphsvc.features.views.service import OF_STORES, view_of_graph
from graphsvc.features.views.service import view as view_in
from models.enums import Step, ViewName
from viz.paper import Paper

ACCOUNT = Annotated[
    str | None,
    typer.Argument(
        metavar="ACCOUNT",
        callback=lambda text: None if text == "-" else text,
        help=both("Id or name; - for the only one of files.", "客户编号或名称；文件中仅有一个客户时可用 -。"),
    ),
]


@answering(account=ACCOUNT, printed=False)
def view(
    asked: o.Asked,
    name: Annotated[ViewName, typer.Argument(metavar="VIEW", help=both("Which picture.", "哪种图。"))],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            dir_okay=False,
            metavar="FILE.(html|svg|png|pdf)",
            help=both("The file.", "输出文件。"),
        ),
    ],
    opportunity: Annotated[str | None, typer.Option(help=both("In this purchase.", "在此项目中。"))] = None,
    step: Annotated[Step | None, typer.Option(help=both("At this step.", "在此采购步骤。"))] = None,
    paper: Annotated[Paper, typer.Option(help=both("Sheet of a PDF.", "PDF 纸张。"))] = Paper.A3,
    unfold: Annotated[
        str | None,
        typer.Option(
            metavar="all|ID,…",
            help=both("Of an org chart: whose reports are shown too.", "组织结构图：同时展开哪些人的下属。"),
        ),
    ] = None,
    personal: Annotated[
        bool, typer.Option("--personal", help=both("With personal fields.", "包含个人字段。"))
    ] = False,
) -> None:
    """A picture of an account as a file: its ending says which kind."""
    form = next((each for each in ViewForm if output.suffix.lower() == f".{each}"), None)
    if form is None:
        endings = ", ".join(f".{each}" for each in ViewForm)
        raise usage(
            f"{output.name} must end with one of {endings}.", f"{output.name} 须以 {endings} 之一结尾。"
        )
    if asked.files and name in OF_STORES:
        raise usage(
            f"{name} is drawn of a store only: files hold neither other accounts nor a past.",
            f"{name} 只能基于存储绘制：文件中没有其他客户，也没有历史。",
        )
    query = query_of(
        FileQuery, on=asked.on, as_of=asked.as_of, opportunity_id=opportunity, step=step, unfold=unfold,
        paper=paper, personal=personal,
    )  # fmt: skip
    seen = found_by(
        asked,
        lambda opened, id_, rules: view_in(opened, OWNER, id_, name, query.asked, language(), rules),
        lambda graph: view_of_graph(graph, name, query.asked, language()),
    )
    output.write_bytes(file_of(seen, asked.account, form, query, language()).content)
    typer.echo(output)
