"""Talking with a process of our own over its pipes: pickled values, each with its length before it."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from typing import Any, BinaryIO

__all__ = ["framed", "heard", "own_pipes", "received"]

_LENGTH = 8


def framed(value: Any) -> bytes:
    """A value as it goes over a pipe."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(_LENGTH) + data


async def received(pipe: asyncio.StreamReader) -> bytes:
    """The next value, still pickled. Raises IncompleteReadError if the process has ended."""
    length = int.from_bytes(await pipe.readexactly(_LENGTH))
    return await pipe.readexactly(length)


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Where the process hears and answers, for its main function; what it prints goes to stderr instead."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, answers


def heard(pipe: BinaryIO) -> Any:
    """The next value; None if nobody talks any more."""
    head = pipe.read(_LENGTH)
    return None if len(head) < _LENGTH else pickle.loads(pipe.read(int.from_bytes(head)))
