"""Nobody looks for garbage during some work, and everybody does after it."""

from __future__ import annotations

import gc

import pytest

from graphsvc.interpreter import uncollected


def test_the_last_one_to_leave_lets_garbage_be_collected_again() -> None:
    assert gc.isenabled()
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_so_it_is_when_the_work_fails() -> None:
    with pytest.raises(ValueError, match="wrong"), uncollected():
        raise ValueError("wrong")
    assert gc.isenabled()
