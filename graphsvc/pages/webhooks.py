"""Webhooks on a page, for administrators: how each fares, its last deliveries, and the form it is made by."""

from __future__ import annotations

from typing import Any

from graphsvc.features.webhooks.kept import state_of
from graphsvc.features.webhooks.schemas import Rotation
from graphsvc.features.webhooks.service import Office
from graphsvc.pages.asking import Asked, Shown
from graphsvc.pages.people import field_of, form_in
from graphsvc.web.callers import visit_of
from graphsvc.web.deps import services
from models.fields import LONGEST_NAME, Label
from models.kinds import OPEN_SPECS
from models.terms import Term
from models.webhooks import Event, Outcome
from viz.labels import label

_URL = Label("Where to: https://…", "接收地址：https://…")
_KINDS = Label("Only records of these kinds", "仅通知这些类型的记录")
_EVENTS = Label("Only these happenings", "仅通知这些事件")
_ONLY = Label("Only these accounts; it stays so", "仅限这些客户；此后不变")
_KEEP = Label("Hours for which the old secret signs too", "旧密钥继续并行签名的小时数")


async def webhooks(asked: Asked) -> Shown:
    """The webhooks the reader may see, the oldest first, each with its last deliveries.

    O(webhooks). Raises StoreUnavailable.
    """
    found = services(asked.request)
    office = Office(found.desk, asked.scope, visit_of(asked.request), found.settings.webhook_private)
    hooks = await office.all()
    return Shown(
        (),
        {
            "hooks": [(hook, (await state_of(asked.store, hook.id)).recent) for hook in hooks],
            "hook_form": hook_form(asked.lang),
        },
    )


def hook_form(lang: str) -> dict[str, Any]:
    """The fields of a webhook and of a new secret, and the words for how a delivery went."""
    kinds = sorted((spec.kind for spec in OPEN_SPECS), key=lambda kind: label(kind, lang))
    asked = [
        field_of("name", Label("What receives it", "接收方"), "name", required=True, longest=LONGEST_NAME),
        field_of("url", _URL, "name", required=True, longest=2_000),
        field_of("events", _EVENTS, "choices", choices=_choices(Event, lang)),
        field_of("kinds", _KINDS, "choices", choices=[_choice(kind, lang) for kind in kinds]),
        field_of("accounts", _ONLY, "records", of="accounts"),
    ]
    hours = Rotation.model_json_schema()["properties"]["keep_old_hours"]
    bounds = {"default": hours["default"], "least": hours["minimum"], "most": hours["maximum"]}
    rotation = [field_of("keep_old_hours", _KEEP, "integer", **bounds)]
    outcomes = {str(outcome): label(outcome, lang) for outcome in Outcome}
    return {**form_in(asked, lang), "rotation": form_in(rotation, lang), "outcomes": outcomes}


def _choices(vocabulary: type[Term], lang: str) -> list[dict[str, str]]:
    return [_choice(term, lang) for term in vocabulary]


def _choice(term: Term, lang: str) -> dict[str, str]:
    return {"value": str(term), "label": label(term, lang)}
