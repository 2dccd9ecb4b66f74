"""What the driver raises, as the store tells it."""

from __future__ import annotations

from neo4j.exceptions import ConstraintError, DriverError, ResultFailedError, TransientError

from graphsvc.errors import StoreBusy, StoreUnavailable
from graphsvc.stores.neo4j.server import Again, translated


def test_what_fails_again_while_it_is_rolled_back_is_what_failed_first() -> None:
    failed = ResultFailedError(None, "the result has failed")
    assert isinstance(translated(failed), StoreUnavailable)
    for cause, told in ((ConstraintError(), Again), (TransientError(), StoreBusy)):
        failed.__cause__ = cause
        assert type(translated(failed)) is told
    assert type(translated(DriverError())) is StoreUnavailable
