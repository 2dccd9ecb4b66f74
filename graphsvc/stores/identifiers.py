"""By what a person is known again, and the marks that are kept of it when he is erased.

A mark is HMAC-SHA256 of an identifier with a key of the store: without the store nobody can tell whose it is.
With the store one can only ask of a value at hand whether it is marked.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator

import orjson

from models.anonymous import is_anonymous
from models.records import Body
from queries.duplicates.normal import channel_value, person_name
from queries.search.forms import squeezed

PHONE_DIGITS = 10
"""Of a telephone number the last digits count: the codes of countries are written in many ways."""


def identifiers(body: Body) -> Iterator[tuple[str, str]]:
    """What a contact is known by, each with its place: id, name in his account, channels, ids elsewhere.

    Nothing of a seat that an erased person left, and no name of one whose holder is not known.
    """
    if is_anonymous(body):
        return
    yield "/id", _text("id", body["id"])
    if not body.get("placeholder"):
        name = person_name(body["name"])
        yield "/name", _text("name", body["account_id"], name.characters or " ".join(sorted(name.words)))
    for place, channel in enumerate(body.get("channels", ())):
        kind, value = channel["kind"], channel["value"]
        plain = channel_value(kind, value, PHONE_DIGITS) or squeezed(value)
        yield f"/channels/{place}/value", _text(kind, plain)
    for system, value in body.get("external_ids", {}).items():
        yield f"/external_ids/{system}", _text("external", system, value)


def new_key() -> str:
    """A key for the marks of a store, in hex."""
    return os.urandom(32).hex()


def mark(key: str, identifier: str) -> str:
    """The mark of an identifier."""
    return hmac.new(bytes.fromhex(key), identifier.encode(), hashlib.sha256).hexdigest()


def _text(*parts: str) -> str:
    return orjson.dumps(parts).decode()
