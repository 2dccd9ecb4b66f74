"""docs/webhooks.md: its example takes what is genuine and nothing else; its words are those of the code."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from graphsvc.access.desk import Desk
from graphsvc.features.webhooks.kept import Hook, Salt, salted, secret_of
from graphsvc.features.webhooks.messages import MOST, headers_of, ping
from graphsvc.features.webhooks.posting import ATTEMPT_S
from graphsvc.features.webhooks.schemas import NewWebhook, Rotation
from graphsvc.features.webhooks.sender import DELAYS_S, GIVEN_UP, RECENT
from graphsvc.stores.port import GraphStore
from models.webhooks import Event, Outcome

PAGE = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text("utf-8")


def now() -> datetime:
    """The time of a test: the example takes nothing that is older than five minutes."""
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def received() -> Callable[..., Any]:
    """The example of the page."""
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    return cast(Callable[..., Any], names["received"])


def sent(*older: Salt, at: datetime | None = None) -> tuple[dict[str, str], bytes, list[str]]:
    """A ping with its headers, and the secrets it is signed with, newest first."""
    when = at or now()
    desk = Desk(cast(GraphStore, None), b"key", clock=lambda: when)
    salts = salted(older, when + timedelta(hours=Rotation().keep_old_hours))
    hook = Hook(name="x", url="https://example.org/", id="h", created_at=when, created_by="ada", salts=salts)
    message = ping(hook, when)
    return headers_of(desk, hook, message), message.body, [secret_of(desk, salt) for salt in salts]


def test_the_example_takes_what_is_genuine_and_nothing_else(received: Callable[..., Any]) -> None:
    headers, body, (secret,) = sent()
    told = received(headers, body, secret)
    assert told["type"] == "webhook.ping"
    assert received(headers, body + b" ", secret) is None
    assert received({**headers, "webhook-id": "msg_other"}, body, secret) is None
    assert received(headers, body, sent()[2][0]) is None
    late, body, (secret,) = sent(at=now() - timedelta(minutes=6))
    assert received(late, body, secret) is None


def test_with_two_secrets_either_is_enough(received: Callable[..., Any]) -> None:
    headers, body, (new, old) = sent(Salt(text="old"))
    assert len(headers["webhook-signature"].split()) == 2
    assert received(headers, body, new) == received(headers, body, old) is not None


def test_the_page_says_what_the_code_does() -> None:
    prose = re.sub(r"^```.*?^```", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    words = set(re.findall(r"`([^`]+)`", prose))
    assert {str(term) for term in (*Event, *Outcome)} <= words
    assert set(NewWebhook.model_fields) <= words
    units = {"s": 1, "min": 60, "h": 3_600}
    schedule = re.search(r"\*\*Again\*\* after (.*?),\s+each up to a fifth", PAGE, re.DOTALL)
    assert schedule
    told = [int(number) * units[unit] for number, unit in re.findall(r"(\d+) (s|min|h)\b", schedule[1])]
    assert tuple(told) == DELAYS_S
    for number in (f"{MOST} at most", f"within {ATTEMPT_S:.0f} seconds", f"last {RECENT} attempts"):
        assert number in PAGE
    assert GIVEN_UP.days == 5
    assert "After five days" in PAGE
