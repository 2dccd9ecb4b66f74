"""graphsvc demo: the invented account, in the terminal and in the browser."""

from __future__ import annotations

import asyncio
import tempfile
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from graphsvc.commands.common import OWNER, LangOption, settings_for, told
from graphsvc.commands.language import both, lang
from graphsvc.commands.serving import free_port, run
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.features.questions import today
from graphsvc.samples import DEMO, sample
from graphsvc.stores.port import GraphStore
from models.access import Role
from models.enums import NodeKind, Step
from models.graph import AccountGraph
from queries.chains.best import decision_chains
from queries.influence.ranking import rank_influencers
from queries.strength.table import tie_strengths


@dataclass(frozen=True, slots=True)
class Story:
    """What the demo data tells: whose account, which purchase, and whom it is hard to reach."""

    account: str = "jichuan"
    opportunity: str = "energy-platform"
    target: str = "liu-zhiyuan"


STORY = Story()


def demo(
    port: Annotated[int, typer.Option(help=both("First port to try.", "首选端口。"))] = 8000,
    open_browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help=both("Open the browser.", "打开浏览器。"))
    ] = True,
    lang: LangOption = None,
) -> None:
    """Fill a throw-away store with an invented account, show its answers and serve its maps."""
    with told(), tempfile.TemporaryDirectory(prefix="graphsvc-demo-") as folder:
        settings = settings_for(
            store_url=f"sqlite:///{Path(folder) / 'demo.db'}",
            host="127.0.0.1",
            port=free_port("127.0.0.1", port),
            open_door=Role.STRATEGIST,
            log_level="warning",  # lines of requests would push away what is told here
        )
        asyncio.run(run(settings, lambda url, _: _announce(url, open_browser), _fill))


async def _fill(store: GraphStore) -> None:
    path = sample(DEMO)
    await import_files(store, OWNER, [SourceFile(path.name, path.read_bytes())], ImportOptions())
    graph = await store.account_graph(OWNER, STORY.account)
    console = Console(width=max(100, Console().width))
    for table in (_ranking(graph), _chain(graph), _strengths(graph)):
        console.print(table)


def _name(graph: AccountGraph, kind: NodeKind, id: str) -> str:
    table = graph.nodes[kind]
    place = table.position[id]
    latin = table.texts("latin_name")[place]
    name = str(table.texts("name")[place])
    return f"{latin} {name}" if lang() == "en" and latin and latin != name else name


def _anyone(graph: AccountGraph, id: str) -> str:
    kind = next(
        k for k in (NodeKind.CONTACT, NodeKind.MEMBER, NodeKind.RIVAL) if id in graph.nodes[k].position
    )
    return _name(graph, kind, id)


def _ranking(graph: AccountGraph) -> Table:
    table = Table(
        title=both("Who matters: top five at brew and at commit", "谁最关键：内部酝酿与购买承诺时的前五名")
    )
    table.add_column("#", justify="right")
    rankings = []
    for step in (Step.BREW, Step.COMMIT):
        rankings.append(
            rank_influencers(graph, on=today(), opportunity_id=STORY.opportunity, step=step, limit=5).items
        )
        table.add_column(both(step.en, step.zh))
        table.add_column(both("Score", "得分"), justify="right")
    hidden = both("hidden", "隐性")
    for place, row in enumerate(zip(*rankings, strict=False), start=1):
        cells = []
        for item in row:
            mark = f"  ({hidden})" if item.hidden else ""
            cells += [f"{_name(graph, NodeKind.CONTACT, item.contact_id)}{mark}", f"{item.score:.0f}"]
        table.add_row(str(place), *cells)
    return table


def _chain(graph: AccountGraph) -> Table:
    found = decision_chains(
        graph, on=today(), target_ids=(STORY.target,), opportunity_id=STORY.opportunity, k=1
    )
    best = found.items[0]
    target = _name(graph, NodeKind.CONTACT, STORY.target)
    table = Table(
        title=both(f"Best chain to {target}", f"触达{target}的最佳决策链"),
        caption=both(
            f"chain probability {best.probability:.2f} · reach over all paths {best.reach:.2f}",
            f"路径概率 {best.probability:.2f} · 全部路径可达 {best.reach:.2f}",
        ),
    )
    for header in (both("From", "从"), both("To", "到"), both("Probability", "概率"), ""):
        table.add_column(header)
    for step in best.steps:
        weak = both("← weakest link", "← 最弱环节") if step.edge_id in best.weakest else ""
        ends = (_anyone(graph, step.source_id), _anyone(graph, step.target_id))
        table.add_row(*ends, f"{step.probability:.2f}", weak)
    return table


def _strengths(graph: AccountGraph) -> Table:
    ties = tie_strengths(graph, on=today()).items
    table = Table(title=both("Ties that changed most in 90 days", "90 天内变化最大的关系"))
    for header in (
        both("Ours", "我方"),
        both("Contact", "联系人"),
        both("Strength", "强度"),
        both("90 days", "90 天"),
        "",
    ):
        table.add_column(header)
    for tie in sorted(ties, key=lambda tie: (-abs(tie.trend.d90), tie.contact_id, tie.member_id))[:5]:
        grade = tie.grade
        cooling = both("cooling", "降温") if tie.cooling else ""
        table.add_row(
            _name(graph, NodeKind.MEMBER, tie.member_id),
            _name(graph, NodeKind.CONTACT, tie.contact_id),
            f"{tie.strength:.0f} · {both(grade.en, grade.zh)}",
            f"{tie.trend.d90:+.0f}",
            cooling,
        )
    return table


def _announce(url: str, open_browser: bool) -> None:
    account = f"{url}/accounts/{STORY.account}"
    stops = (
        (
            f"{account}/influence?opportunity_id={STORY.opportunity}",
            both("Influence map: who is that man in the third row?", "影响力地图：第三排那个人是谁？"),
        ),
        (f"{account}/org-chart", both("Org chart: who reports to whom", "组织结构图：谁向谁汇报")),
        (
            f"{account}/opportunities/{STORY.opportunity}",
            both(
                "The deal on one page: who wants what, and what to do next",
                "项目全貌：谁要什么，下一步做什么",
            ),
        ),
        (url, both("All accounts", "全部客户")),
    )
    typer.echo("")
    for link, caption in stops:
        typer.echo(f"  {caption}\n    {link}")
    typer.echo(
        both(
            "\nThe data is invented and gone when you press Ctrl-C. Nobody signs in: you act as strategist.",
            "\n数据为虚构；按 Ctrl-C 结束后即清除。无需登录，您以策略师身份操作。",
        )
    )
    if open_browser:
        webbrowser.open(stops[0][0])
