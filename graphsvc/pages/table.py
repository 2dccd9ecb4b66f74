"""The pages, one row each: a new page is a row here, a template of its name, and the texts it says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from graphsvc.pages.asking import Asked, Shown
from graphsvc.pages.chains import chains
from graphsvc.pages.rankings import rankings
from models.enums import ViewName
from models.fields import Label
from viz.navigation import Group, Link, Links


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an account: its name in the address, its group, title, and what it answers.

    `show` asks the services; a map has none, as its script asks the API. `asks` are the fields of the form
    over the page.
    """

    name: str
    group: Group | None
    title: Label
    says: Label
    show: Callable[[Asked], Awaitable[Shown]] | None = None
    asks: tuple[str, ...] = ("opportunity_id", "step", "on")

    @property
    def template(self) -> str:
        """The template of the page."""
        return f"{self.name.replace('-', '_')}.html"


_PAGES = (
    Page(
        "org-chart",
        Group.PEOPLE,
        Label(ViewName.ORG_CHART.en, ViewName.ORG_CHART.zh),
        Label("Who is who and who reports to whom", "谁是谁，谁向谁汇报"),
    ),
    Page(
        "influence",
        Group.INFLUENCE,
        Label(ViewName.INFLUENCE.en, ViewName.INFLUENCE.zh),
        Label("Who moves whom, and the way to who decides", "谁影响谁，怎样走到决策者"),
    ),
    Page(
        "rankings",
        Group.INFLUENCE,
        Label("Key influencers", "关键影响者"),
        Label("Who is listened to at which step, and why", "每一步谁说了算，为什么"),
        rankings,
        asks=("opportunity_id", "on"),
    ),
    Page(
        "chains",
        Group.INFLUENCE,
        Label("Decision chains", "决策链"),
        Label("The best ways to who decides, and where they are weak", "走到决策者的最佳路径与薄弱环节"),
        chains,
    ),
)

PAGES: Mapping[str, Page] = {page.name: page for page in _PAGES}


def navigation(lang: str) -> tuple[Links, ...]:
    """The groups that have pages, in words."""
    held = {group: [page for page in _PAGES if page.group is group] for group in Group}
    return tuple(
        Links(_in(group, lang), tuple(_link(page, lang) for page in pages))
        for group, pages in held.items()
        if pages
    )


def _link(page: Page, lang: str) -> Link:
    return Link(page.name, _in(page.title, lang), _in(page.says, lang))


def _in(label: Label | Group, lang: str) -> str:
    return label.zh if lang == "zh" else label.en
