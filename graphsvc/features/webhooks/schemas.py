"""Webhooks as they go over the wire, and what is sent about them."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from graphsvc.features.webhooks.addresses import split
from models.enums import Kind
from models.fields import Id, Name, Unfit
from models.kinds import OPEN_KINDS
from models.webhooks import Event, Outcome, Rest


def _sendable(url: str) -> str:
    split(url)
    return url


def _open(kind: Kind) -> Kind:
    if kind not in OPEN_KINDS:
        raise Unfit(f"nothing is told of {kind}", f"不通知{kind.zh}的变更")
    return kind


Url = Annotated[str, StringConstraints(max_length=2_000), AfterValidator(_sendable)]
_TOLD = [str(kind) for kind in sorted(OPEN_KINDS)]
ToldKind = Annotated[Kind, AfterValidator(_open), WithJsonSchema({"type": "string", "enum": _TOLD})]


class WebhookFields(BaseModel):
    """What administrators decide about a webhook."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name = Field(description="What receives it.")
    url: Url = Field(description="Where to: https.", examples=["https://crm.example.org/graphsvc"])
    kinds: tuple[ToldKind, ...] | None = Field(
        None, min_length=1, max_length=100, description="Only records of these kinds."
    )
    events: tuple[Event, ...] | None = Field(
        None, min_length=1, max_length=10, description="Only these happenings."
    )


class NewWebhook(WebhookFields):
    """A webhook to be made; it tells what happens from then on."""

    accounts: tuple[Id, ...] | None = Field(
        None,
        min_length=1,
        max_length=10_000,
        description="Only these accounts, and our own records; it stays so. Default: all.",
    )


class WebhookChange(WebhookFields):
    """A webhook to be changed by a merge patch."""

    active: bool = Field(True, description="Switched on again, it goes on where it stopped.")


class Rotation(BaseModel):
    """How a secret is replaced."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keep_old_hours: int = Field(
        24, ge=0, le=168, description="So long messages are signed with the old secret too."
    )


class Delivery(BaseModel):
    """One attempt. `message_id` is its header webhook-id; `status` what the receiver answered."""

    model_config = ConfigDict(frozen=True)

    message_id: str
    type: str
    at: AwareDatetime
    attempt: int
    outcome: Outcome
    status: int | None = None
    took_ms: int
    account: str | None = None
    sequence: int | None = None


class WebhookState(BaseModel):
    """How the sending goes: of attempts since the last success, and when the next one is due."""

    model_config = ConfigDict(frozen=True)

    failing_since: AwareDatetime | None = None
    attempts: int = 0
    next_at: AwareDatetime | None = None
    recent: tuple[Delivery, ...] = ()


class Webhook(WebhookFields):
    """A webhook; `revision` grows with each change, `stopped` says why it is not active."""

    id: str
    accounts: tuple[Id, ...] | None
    active: bool
    stopped: Rest | None
    created_at: AwareDatetime
    created_by: str
    revision: int
    old_secret_until: AwareDatetime | None
    failing_since: AwareDatetime | None
    attempts: int
    next_at: AwareDatetime | None
    last: Delivery | None


class MadeWebhook(Webhook):
    """A webhook with a new secret, which is told once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
