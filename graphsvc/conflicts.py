"""Conflicts over what is kept beside the graph: users, named views, webhooks, and requests sent again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphsvc.errors import Conflict


class KeptSince(Conflict):
    """What is kept beside the graph is of another version than was read."""

    en = "It has been changed since it was read."
    zh = "读取之后已有变更。"


class Changed(KeptSince):
    """Something is at another revision than was read; `current` is how it is told, as it stands."""

    def __init__(self, current: Mapping[str, Any]) -> None:
        super().__init__()
        self.current = current


class UserChanged(Changed):
    """A user is at another revision than was read."""

    en = "The user has been changed since it was read."
    zh = "该用户在读取之后已有变更。"


class ViewChanged(Changed):
    """A named view is at another revision than was read."""

    en = "The view has been changed since it was read."
    zh = "该视图在读取之后已有变更。"


class WebhookChanged(Changed):
    """A webhook is at another revision than was read."""

    en = "The webhook has been changed since it was read."
    zh = "该 Webhook 在读取之后已有变更。"


class NameTaken(Conflict):
    """There is a user of this name already, maybe one who was switched off."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.en, self.zh = f"There is a user {name} already.", f"用户 {name} 已存在。"


class LastAdmin(Conflict):
    """Without this one nobody could manage users."""

    en = "This is the last active administrator; make another one first."
    zh = "这是最后一位有效的管理员，请先设置另一位。"


class DoneBefore(Conflict):
    """A request that tells a secret once was carried out before under its key; `made` names what."""

    en = "This was done before with the same Idempotency-Key; what it told once is not told again."
    zh = "该请求此前已以相同的 Idempotency-Key 执行；仅显示一次的内容不再显示。"

    def __init__(self, made: Mapping[str, Any]) -> None:
        super().__init__()
        self.made = made


class UnderWay(Conflict):
    """A request with the same Idempotency-Key is being carried out just now."""

    en = "A request with the same Idempotency-Key is under way; send it again in a moment."
    zh = "相同 Idempotency-Key 的请求正在执行；请稍后重发。"
    retry_after_s = 1
