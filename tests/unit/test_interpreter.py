"""What `tune` sets holds: garbage, turns of threads, memory."""

from __future__ import annotations

import json
import platform
import subprocess
import sys

import pytest

_TOLD = """
import gc, json, os, sys
import numpy as np
from graphsvc.interpreter import tune
def memory():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
def kept():
    before = memory()
    np.ones(2_000_000)
    return memory() - before
untuned = kept()
tune()
print(json.dumps([gc.get_threshold()[0], sys.getswitchinterval(), untuned, kept()]))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is not glibc")
def test_a_process_looks_seldom_takes_turns_often_and_keeps_memory_for_the_next_array() -> None:
    told = subprocess.run([sys.executable, "-c", _TOLD], capture_output=True, check=True, timeout=60)
    threshold, turn, untuned, kept = json.loads(told.stdout)
    assert (threshold, turn) == (100_000, pytest.approx(0.0005))
    assert untuned < 4_000_000 < 12_000_000 < kept  # of an array of 16 MB
