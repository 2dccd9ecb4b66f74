"""How long tests with rounds run: `make test-long` asks for more invented cases, and so for more rounds."""

from __future__ import annotations

import os

USUAL = 200
EXAMPLES = int(os.environ.get("GRAPHSVC_TEST_EXAMPLES", USUAL))
"""Cases of a property."""


def cases(usual: int) -> int:
    """Cases of a property too costly for USUAL of them: `usual` by `make test`, more as EXAMPLES grows."""
    return max(1, usual * EXAMPLES // USUAL)


def rounds(short: int, long: int) -> int:
    """The number for `make test`, or the one for `make test-long`."""
    return long if EXAMPLES >= 1000 else short
