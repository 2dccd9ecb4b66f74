"""Pages as HTML: Jinja templates with autoescape, in English and Chinese. The scripts of a page get their
words, labels and facts as JSON blocks, which the strict page policy allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import cache, partial
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel

from models.bosses import BossSign
from models.enums import (
    Attitude,
    Basis,
    BuyingRole,
    Degree,
    EdgeKind,
    Grade,
    InteractionKind,
    Level,
    NodeKind,
    OpportunityStatus,
    Stage,
    Step,
    Term,
    Tier,
    ViewName,
    Voice,
    Window,
)
from models.nodes import Opportunity
from models.privacy import PrivateAct
from viz.figures import FIGURES, money, short_number
from viz.labels import in_language, label
from viz.navigation import KEPT, address, first_views, kept
from viz.statics import address_of, imported_by
from viz.texts import texts

__all__ = ["render", "standalone"]

_VOCABULARIES: Mapping[str, type[Term] | type[Degree]] = {
    "act": PrivateAct,
    "attitude": Attitude,
    "basis": Basis,
    "edge": EdgeKind,
    "grade": Grade,
    "interaction": InteractionKind,
    "level": Level,
    "node": NodeKind,
    "role": BuyingRole,
    "sign": BossSign,
    "stage": Stage,
    "status": OpportunityStatus,
    "step": Step,
    "tier": Tier,
    "view": ViewName,
    "voice": Voice,
    "window": Window,
}


def render(name: str, lang: str, **context: Any) -> str:
    """The page of template `name` in a language ("zh", or else English), with the address's `query`.

    Every page: `accounts` (rows like `AccountSummary`, by id), `everywhere` (links to pages over all),
    `here`, the page's name, `same_page`, where the like of it lies below another account, `caller`
    (`graphsvc.web.callers.told_of`), `may_write` and `member`, who of ours reads it (or None). Pages of an
    account: `account` (id, name), `opportunities` (records or their bodies) and `navigation` (groups of
    links). Then what the page shows. `error.html`: `status`, `title`, `detail`, `request_id`,
    `again` (seconds after which it is asked for again, if it is). Raises
    jinja2.TemplateNotFound, or UndefinedError where the context lacks something.
    Values are escaped; nothing in them is markup.
    """
    given: dict[str, Any] = {
        "lang": lang,
        "query": {},
        "navigation": (),
        "everywhere": (),
        "here": "",
        "same_page": "",
        "caller": None,
    }
    given |= context
    given["about"] = partial(_about, given)
    given |= _script_context(lang, given)
    if name in _MAPS:
        given |= _map_context(_MAPS[name], lang, given)
    return _environment(lang).get_template(name).render(given)


def _about(given: Mapping[str, Any], contact_id: str) -> str:
    """Where the page about a person lies; "" for who may not open it."""
    if not _sees_personal(given):
        return ""
    return kept(given["query"], f"/accounts/{quote(_fields(given['account'])['id'])}/contacts/{contact_id}")


def _sees_personal(given: Mapping[str, Any]) -> bool:
    caller = given["caller"]
    return caller is None or bool(caller["personal"])


def standalone(name: str, lang: str, **context: Any) -> str:
    """The page of template `name` with what it is given and nothing else: one that leaves the service."""
    return _environment(lang).get_template(name).render(lang=lang, **context)


_MAPS = {"org_chart.html": ViewName.ORG_CHART, "influence.html": ViewName.INFLUENCE}


def _script_context(lang: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the scripts of a page are told: whose it is, if it is of an account, and the words."""
    account = _fields(given["account"]) if "account" in given else None
    told = account and {"id": account["id"], "name": in_language(account["name"], lang)}
    return {
        "page": {
            "lang": "zh" if lang == "zh" else "en",
            "account": told,
            "may_write": given.get("may_write", False),
            "personal": _sees_personal(given),
            "member": given.get("member"),
        },
        "catalogue": dict(texts(lang).catalogue),
        "words": _words(lang),
    }


def _map_context(view: ViewName, lang: str, given: Mapping[str, Any]) -> dict[str, Any]:
    account = _fields(given["account"])
    deals = [Opportunity.model_validate(_fields(deal), strict=False) for deal in given["opportunities"]]
    summary = given["accounts"].get(account["id"])
    page = {
        **given["page"],
        "view": str(view),
        "title": label(view, lang),
        "people": _fields(summary)["people"] if summary else 0,
        "opportunities": [{"id": deal.id, "step": deal.step, "stage": deal.stage} for deal in deals],
    }
    return {
        "view": str(view),
        "first_views": first_views(view, account["id"], page["people"], given["query"], page["lang"]),
        "page": page,
        "opportunities": deals,
        "steps": [(str(step), label(step, lang)) for step in Step],
    }


def _fields(row: Any) -> Mapping[str, Any]:
    """The fields of a row given as a record, a data class or a mapping."""
    if isinstance(row, Mapping):
        return row
    return row.model_dump() if isinstance(row, BaseModel) else asdict(row)


@cache
def _words(lang: str) -> dict[str, dict[str, str]]:
    """Every label of the vocabularies the scripts show: {vocabulary: {value: label}}."""
    return {
        name: {str(term.value): label(term, lang) for term in vocabulary}
        for name, vocabulary in _VOCABULARIES.items()
    }


@cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("viz"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=texts(lang),
        address=address,
        kept=kept,
        kept_names=KEPT,
        label=lambda vocabulary, value: _words(lang)[vocabulary][str(value)],
        imported_by=imported_by,
        static=address_of,
        steps=tuple(Step),
    )
    environment.globals["scripts"] = environment.get_template("scripts.html").module.scripts  # type: ignore[attr-defined]
    environment.filters["in_language"] = lambda text: in_language(text, lang)
    environment.filters["word"] = lambda term: label(term, lang)
    environment.filters["said"] = lambda both: both.zh if lang == "zh" else both.en
    environment.filters["contact"] = lambda id_, names: names.contact(id_)
    environment.filters["member"] = lambda id_, names: names.member(id_)
    environment.filters["day"] = texts(lang).day
    environment.filters["iso_day"] = lambda text: texts(lang).day(date.fromisoformat(text))
    environment.filters["short_number"] = lambda number: short_number(number, lang)
    environment.filters["money"] = lambda amount, currency: money(amount, currency, lang)
    environment.filters |= FIGURES
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    return environment
