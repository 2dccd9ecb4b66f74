"""What tests of the command line share: a store with the demo accounts, which they only read."""

from __future__ import annotations

import pytest

from examples.make_demo import FILE
from tests.unit.test_cli import run


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store with the demo accounts; who changes it takes a copy of the file."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cli') / 'demo.db'}"
    assert run("import", FILE, "--store", url).exit_code == 0
    return url
