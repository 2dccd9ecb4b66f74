"""How long tests with rounds run: `make test-long` asks for more invented cases, and so for more rounds."""

from __future__ import annotations

import os

EXAMPLES = int(os.environ.get("GRAPHSVC_TEST_EXAMPLES", "200"))
"""Cases of a property."""


def rounds(short: int, long: int) -> int:
    """The number for `make test`, or the one for `make test-long`."""
    return long if EXAMPLES >= 1000 else short
