"""Cursors: a place in a list, the question and the state it belongs to, signed with a key of the store.

16 bytes of HMAC-SHA256, 8 that mark the question, 8 that mark the state, then the place; as base64url.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from fastapi import Request

from graphsvc.web.deps import services
from models.faults import Code, Fault, InvalidInput
from models.fields import Label

_SIGNATURE, _MARK = 16, 8
_HEAD = _SIGNATURE + 2 * _MARK
_FOREIGN = Label("this cursor was not made by this service", "该游标不是由本服务生成")
_OTHER = Label("this cursor belongs to another question", "该游标属于另一个问题")
_CHANGED = Label(
    "what the list is made of has changed since, or who may see it; start again",
    "列表所依据的数据、规则或查看权限已变更，请从头读取",
)


@dataclass(frozen=True, slots=True)
class Turning:
    """The turning of the pages of one list: `start` is the place the page begins after, None at the first."""

    key: bytes
    question: bytes
    state: bytes
    start: bytes | None

    def cursor(self, place: bytes) -> str:
        """The cursor of the page that begins after a place."""
        told = self.question + self.state + place
        return _text(_signature(self.key, told) + told)


async def turning(request: Request, cursor: str | None, question: object, state: object = None) -> Turning:
    """Where a page begins, if its cursor is of this address, question and state. O(1), once a read.

    Raises InvalidInput for a cursor that was changed, cut, or made for another list, question or state.
    """
    key = await services(request).cursor_key.read()
    own = _mark(request.url.path, question), _mark(state)
    if not cursor:
        return Turning(key, *own, None)
    asked, then, place = _read(key, cursor)
    if asked != own[0]:
        raise _refusal(_OTHER)
    if then != own[1]:
        raise _refusal(_CHANGED)
    return Turning(key, *own, place)


async def place_told(request: Request, cursor: str) -> bytes:
    """The place in a cursor of this service, whatever it belongs to. Raises InvalidInput."""
    return _read(await services(request).cursor_key.read(), cursor)[2]


def _read(key: bytes, cursor: str) -> tuple[bytes, bytes, bytes]:
    """The marks of question and state, and the place."""
    try:
        told = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        raise _refusal(_FOREIGN) from None
    signed = told[_SIGNATURE:]
    whole = len(told) >= _HEAD and hmac.compare_digest(told[:_SIGNATURE], _signature(key, signed))
    if not whole or _text(told) != cursor:
        raise _refusal(_FOREIGN)
    return signed[:_MARK], signed[_MARK : 2 * _MARK], signed[2 * _MARK :]


def _signature(key: bytes, told: bytes) -> bytes:
    return hmac.new(key, told, hashlib.sha256).digest()[:_SIGNATURE]


def _mark(*parts: object) -> bytes:
    """A short mark of some values: others have another one."""
    return hashlib.sha256(repr(parts).encode()).digest()[:_MARK]


def _text(told: bytes) -> str:
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def _refusal(detail: Label) -> InvalidInput:
    return InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}, pointer="/query/cursor"))
