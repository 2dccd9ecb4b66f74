"""The pages, one row each: a new page is a row here, a template of its name, and the texts it says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from graphsvc.access.rights import may, right_for
from graphsvc.pages.account import account
from graphsvc.pages.asking import Asked, Shown
from graphsvc.pages.audit import audit, audit_file
from graphsvc.pages.chains import chains
from graphsvc.pages.channels import channels
from graphsvc.pages.contact import contact
from graphsvc.pages.deal import deal
from graphsvc.pages.forecast import forecast
from graphsvc.pages.history import history
from graphsvc.pages.history_file import history_file
from graphsvc.pages.importing import importing
from graphsvc.pages.keys import key_list
from graphsvc.pages.matrix import matrix
from graphsvc.pages.overview import overview
from graphsvc.pages.people import user_list
from graphsvc.pages.portfolio import portfolio
from graphsvc.pages.positions import positions
from graphsvc.pages.privacy import privacy
from graphsvc.pages.rankings import rankings
from graphsvc.pages.relations import relations
from graphsvc.pages.settings import settings
from graphsvc.pages.threats import threats
from graphsvc.pages.webhooks import webhooks
from graphsvc.pages.week import week
from models.access import Role
from models.enums import ViewName
from models.fields import Label
from viz.navigation import Group, Link, Links

_FRONT = frozenset({"portfolio", "overview", "contact"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name in the address, its group, title, and what it answers.

    `show` asks the services; a map has none, as its script asks the API. `asks` are the fields of the form
    over the page. `picture` is the view that draws it as a file, `table` makes its CSV where no answer does,
    a long one in pieces.
    An `own` one is about who reads it: his menu leads there, the navigation does not.
    """

    name: str
    group: Group | None
    title: Label
    says: Label
    show: Callable[[Asked], Awaitable[Shown]] | None = None
    asks: tuple[str, ...] = ("opportunity_id", "step", "on")
    own: bool = False
    picture: ViewName | None = None
    table: Callable[[Asked], Awaitable[bytes | AsyncIterator[bytes]]] | None = None

    @property
    def path(self) -> str:
        """Where it lies below what it is about: "" for the page that is opened by the address of that."""
        return "" if self.name in _FRONT else f"/{self.name}"

    @property
    def template(self) -> str:
        """The template of the page."""
        return f"{self.name.replace('-', '_')}.html"


_PAGES = (
    Page(
        "overview",
        Group.PEOPLE,
        Label("Overview", "客户概览"),
        Label("Trust, gaps, purchases and what to do", "信任度、缺口、项目与待办"),
        overview,
        asks=("opportunity_id", "on"),
        picture=ViewName.TRUST,
    ),
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
        picture=ViewName.RANKINGS,
    ),
    Page(
        "chains",
        Group.INFLUENCE,
        Label("Decision chains", "决策链"),
        Label("The best ways to who decides, and where they are weak", "走到决策者的最佳路径与薄弱环节"),
        chains,
        picture=ViewName.CHAINS,
    ),
    Page(
        "matrix",
        Group.RELATIONSHIP,
        Label("Contact matrix", "接触矩阵"),
        Label("Who knows whom how well, and whom to pair next", "谁与谁熟到什么程度，下一步该谁对接谁"),
        matrix,
        asks=("opportunity_id", "on"),
        picture=ViewName.CONTACT_MATRIX,
    ),
    Page(
        "relations",
        Group.RELATIONSHIP,
        Label("Relations", "关系矩阵"),
        Label("Which products stand where, and who is tied to whom", "哪里装了哪些产品，谁与谁有关系"),
        relations,
        asks=("opportunity_id", "on"),
        picture=ViewName.RELATION_MATRIX,
    ),
    Page(
        "positions",
        Group.RELATIONSHIP,
        Label("Positions", "关系定位"),
        Label("Outsider, friend, supplier or partner", "局外人、朋友、供应商还是合作伙伴"),
        positions,
        asks=("on",),
        picture=ViewName.POSITIONS,
    ),
    Page(
        "threats",
        Group.COMPETITION,
        Label("Threats", "竞争威胁"),
        Label("Where competitors are closer than we are", "竞争者在哪里比我们走得更近"),
        threats,
        asks=("opportunity_id", "on"),
        picture=ViewName.THREATS,
    ),
    Page(
        "opportunities",
        Group.DEAL,
        Label("The deal", "项目全貌"),
        Label(
            "Where it stands, who buys, what decides, what to do next",
            "进展到哪、谁在买、凭什么定、下一步做什么",
        ),
        deal,
        asks=("opportunity_id", "on"),
    ),
    Page(
        "forecast",
        Group.DEAL,
        Label("Forecast", "走势预测"),
        Label("How the room will settle, and whom to win over first", "意见最终走向，先争取谁"),
        forecast,
    ),
    Page(
        "history",
        Group.HISTORY,
        Label("History", "历史"),
        Label(
            "Who changed what, when and why; how it was, and the way back",
            "谁在何时改了什么、为什么；当时是什么样，怎样退回",
        ),
        history,
        asks=(),
        picture=ViewName.DIFF,
        table=history_file,
    ),
)

_EVERYWHERE = (
    Page(
        "portfolio",
        None,
        Label("Accounts", "大客户"),
        Label("Which accounts need me", "哪些客户需要我关注"),
        portfolio,
        asks=("member", "on"),
    ),
    Page(
        "week",
        None,
        Label("My week", "我的一周"),
        Label("What is due in the next seven days, the most urgent first", "未来七天的待办，最紧急的在前"),
        week,
        asks=("member", "on"),
    ),
    Page(
        "channels",
        None,
        Label("Channels", "产品渠道"),
        Label("How goods reach those who use them", "货物怎样到达最终用户"),
        channels,
        asks=("on",),
    ),
    Page(
        "import",
        None,
        Label("Import", "导入"),
        Label(
            "Your own people and ties, previewed before anything is written",
            "导入自己的人员与关系，先预览后写入",
        ),
        importing,
        asks=(),
    ),
    Page(
        "settings",
        None,
        Label("Settings", "设置"),
        Label("Every parameter of the formulas, with its bounds", "公式中的每个参数及其范围"),
        settings,
        asks=(),
    ),
    Page(
        "privacy",
        None,
        Label("Privacy", "隐私"),
        Label("Export, restrict, erase; what is past its retention period", "导出、限制处理、删除；过期内容"),
        privacy,
        asks=(),
    ),
    Page(
        "users",
        None,
        Label("Users", "用户"),
        Label("Who may sign in, in which role, and what they see", "谁可以登录、以何角色、可查看什么"),
        user_list,
        asks=(),
    ),
    Page(
        "webhooks",
        None,
        Label("Webhooks", "推送"),
        Label("Which tools are told of changes, and how deliveries go", "变更通知哪些系统，投递情况如何"),
        webhooks,
        asks=(),
    ),
    Page(
        "audit",
        None,
        Label("Audit", "审计"),
        Label("Who signed in, who was refused, who saw and changed what", "谁登录、谁被拒、谁看过与改过什么"),
        audit,
        asks=(),
        table=audit_file,
    ),
    Page(
        "keys",
        None,
        Label("API keys", "API 密钥"),
        Label("For tools that use the API; each is shown once", "供工具接入使用；每个密钥仅显示一次"),
        key_list,
        asks=(),
        own=True,
    ),
    Page(
        "account",
        None,
        Label("My account", "我的账户"),
        Label("Password, language, and the browsers signed in", "密码、语言与已登录的浏览器"),
        account,
        asks=(),
        own=True,
    ),
)

_OF_CONTACTS = (
    Page(
        "contact",
        None,
        Label("Contact", "联系人"),
        Label(
            "One person: our ties, what matters to them, what to say", "此人：与我方的关系、在意什么、怎么谈"
        ),
        contact,
        asks=("opportunity_id", "on"),
    ),
    Page(
        "brief",
        None,
        Label("Brief for the visit", "拜访简报"),
        Label("One person on one page", "一页纸了解此人"),
        contact,
        asks=("opportunity_id", "on"),
    ),
)

PAGES: Mapping[str, Page] = {page.name: page for page in _PAGES}
"""The pages of an account, by name."""
OF_CONTACTS: Mapping[str, Page] = {page.name: page for page in _OF_CONTACTS}
"""The pages of a contact, by name."""
EVERYWHERE: Mapping[str, Page] = {page.name: page for page in _EVERYWHERE}
"""The pages over all accounts."""


def navigation(lang: str) -> tuple[Links, ...]:
    """The groups that have pages, in words."""
    held = {group: [page for page in _PAGES if page.group is group] for group in Group}
    return tuple(
        Links(_in(group, lang), tuple(_link(page, lang) for page in pages))
        for group, pages in held.items()
        if pages
    )


def everywhere(lang: str) -> tuple[Link, ...]:
    """The pages over all accounts, in words."""
    return tuple(_link(page, lang) for page in _EVERYWHERE if not page.own)


def own_pages(lang: str) -> tuple[Link, ...]:
    """The pages about who reads them, in words."""
    return tuple(_link(page, lang) for page in _EVERYWHERE if page.own)


def open_to(role: Role, links: Iterable[Link], place: str = "") -> tuple[Link, ...]:
    """The links, below a place, that do not lead a role to a refusal."""
    return tuple(link for link in links if may(role, right_for("GET", f"{place}{link.path}" or "/")))


def _link(page: Page, lang: str) -> Link:
    return Link(page.name, page.path, _in(page.title, lang), _in(page.says, lang))


def _in(label: Label | Group, lang: str) -> str:
    return label.zh if lang == "zh" else label.en
