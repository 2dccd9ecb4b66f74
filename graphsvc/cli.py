"""The command line. A command's file is read only when that command is run, so that help is quick."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer

from graphsvc.commands.language import both, choose_from
from graphsvc.interpreter import tune

COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("demo", "Try it: an invented account in the browser.", "试用：在浏览器中打开演示客户。"),
    "serve": ("serve", "Serve the browser pages and the API.", "启动网页与 API 服务。"),
    "import": ("imports", "Bring files into the store.", "将文件导入存储。"),
    "export": ("exports", "Write accounts, or all about a person, as a file.", "导出客户或某人的全部数据。"),
    "accounts": ("accounts", "List the accounts.", "列出客户。"),
    "rules": ("rules", "The parameters of the formulas, shown or changed.", "查看或修改公式参数。"),
    "search": ("search", "Find people and accounts by name.", "按名称查找人员与客户。"),
    "rank": ("rank", "Who decides and who is listened to.", "关键影响者排名。"),
    "smallest-set": (
        "smallest_set",
        "The fewest people near most of an account.",
        "触达多数人所需的最少关键人物。",
    ),
    "chains": ("chains", "How a decision can be reached, and through whom.", "决策链：如何触达决策者。"),
    "influencers": (
        "influencers",
        "Who matters most in every account, and who of ours knows them.",
        "各客户的关键影响者，以及我方谁与其最熟。",
    ),
    "bosses": (
        "bosses",
        "Who is probably the boss of those without one.",
        "推测的上级：没有上级的人最可能归谁管。",
    ),
    "introductions": (
        "introductions",
        "Who could introduce us to somebody, across accounts.",
        "引荐：谁能把我们介绍给某人（可跨客户）。",
    ),
    "advice": ("advice", "What to look at in an account, by rule.", "按规则提示应关注的问题。"),
    "approach": ("approach", "What to ask a contact and what to say.", "沟通要点与 SPIN 提问。"),
    "diff": ("diff", "What has changed between two times.", "两个时间之间的变更。"),
    "duplicates": ("duplicates", "Who is probably entered twice.", "列出疑似重复的联系人。"),
    "view": (
        "view",
        "A picture of an account as HTML, SVG, PNG or PDF.",
        "将图输出为 HTML、SVG、PNG 或 PDF。",
    ),
    "openapi": ("openapi", "Print the OpenAPI document of the API.", "输出 API 的 OpenAPI 文档。"),
    "sbom": (
        "sbom",
        "Print what this installation is made of (CycloneDX).",
        "输出软件物料清单（CycloneDX）。",
    ),
    "mcp": ("mcp", "Answers as tools for assistants (MCP).", "以 MCP 工具向助手提供分析结果。"),
    "verify": ("verify", "Check that a store or a backup is whole.", "校验存储或备份是否完整。"),
    "backup": (
        "backup",
        "Write a verified backup, also of a running service.",
        "写出已校验的备份，运行中亦可。",
    ),
    "restore": ("restore", "Bring a backup to a new, empty place.", "将备份恢复到新的空位置。"),
    "erase": ("erase", "Take a person out of the store for good.", "从存储中永久清除某个人。"),
    "erasures": (
        "erasures",
        "List erasures, or write them for a restore.",
        "列出清除记录，或写出供恢复使用。",
    ),
    "allow": ("allow", "Let somebody be entered who is known by what was erased.", "解除对重新录入的限制。"),
    "users": ("users", "Who may sign in: list, add, switch off.", "用户：列出、添加、停用。"),
    "keys": ("keys", "API keys: list, make, revoke.", "API 密钥：列出、创建、撤销。"),
    "restrict": ("restrict", "Leave a person out of analysis.", "使某个人不参与分析。"),
    "retention": ("retention", "Delete what is past its time.", "删除超过保存期限的内容。"),
    "migrate": ("migrate", "Bring a store to the newest schema.", "将存储升级到最新模式。"),
    "strength": ("strength", "How strong the ties are.", "关系强度。"),
    "strength-over-time": (
        "strength_over_time",
        "How strong one tie was, month by month.",
        "某条关系强度的逐月变化。",
    ),
    "relations": (
        "relations",
        "Who is tied to whom, and which product stands where.",
        "关系矩阵：人员之间的关系，产品在各部门的使用。",
    ),
    "channels": ("channels", "How goods reach those who use them.", "渠道图：货物如何到达最终用户。"),
    "coverage": (
        "coverage",
        "Who of ours holds whom, and whom to get to know next.",
        "客户覆盖：谁对接谁，下一步该结识谁。",
    ),
    "deal": (
        "deal",
        "A purchase in one answer: who buys, how the room settles, what to do.",
        "项目全貌：谁在买、意见走向、下一步。",
    ),
    "forecast": ("forecast", "How the opinion of the room settles.", "预测采购小组的意见走向。"),
    "positions": ("positions", "Where we stand with each contact.", "关系定位：我们在每位联系人处的位置。"),
    "complaints": ("complaints", "Open complaints and what they cost.", "未结投诉及其代价，各部门满意度。"),
    "what-if": ("what_if", "What would move, if; nothing is stored.", "假设推演：若……会怎样；不写入存储。"),
    "threats": ("threats", "Where competitors are closer than we are.", "竞争威胁：竞争者在哪些人那里领先。"),
    "overdue": ("overdue", "Who has not been met for too long.", "逾期未联系的人。"),
    "week": ("week", "What one of ours should do this week.", "本周要事：某位我方人员该做什么。"),
    "confirm": ("confirm", "What to have confirmed this week.", "本周待确认的信息与待测评的人。"),
    "trust": ("trust", "How far an account trusts us, category by category.", "六类客户对我方的信任度。"),
}
"""Command → its file in graphsvc/commands, which holds a function of the same name, and its help."""


def command_line(args: Sequence[str]) -> typer.Typer:
    """The command line that can run `args`: all commands are listed, only the one named is loaded."""
    choose_from(args)
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help=both(
            "Decision chains, relationship strength and key influencers of key accounts.",
            "大客户的决策链、关系强度与关键影响者。",
        ),
    )
    wanted = next((word for word in args if not word.startswith("-")), None)
    for name, (file, en, zh) in COMMANDS.items():
        app.command(name, help=both(en, zh))(_loaded(file) if name == wanted else _listed)
    return app


def _loaded(file: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(importlib.import_module(f"graphsvc.commands.{file}"), file)
    return function


def _listed() -> None:
    """Stands for a command that is only listed in help."""


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 failed, 2 wrong usage."""
    args = sys.argv[1:]
    tune()
    command_line(args)(args=args, prog_name="graphsvc")


if __name__ == "__main__":
    main()
