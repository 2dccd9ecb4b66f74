"""What both stores do the same in search: from what the engine finds to candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graphsvc.stores.listing import in_order
from graphsvc.stores.port import Scope
from models.changes import Stored
from queries.search.candidates import Candidate, Job


def accounts_of(scope: Scope, account_id: str | None) -> list[str] | None:
    """The accounts that may be searched; None: all of them."""
    if account_id is not None:
        return [account_id]
    return None if scope.accounts is None else sorted(scope.accounts)


def candidates(
    records: Iterable[Stored], names: Mapping[str, str], jobs: Iterable[Sequence[Any]]
) -> list[Candidate]:
    """Candidates by kind and id. Rows of jobs: contact, edge, title, department, primary, since."""
    of_contact: dict[str, list[Sequence[Any]]] = {}
    for row in jobs:
        of_contact.setdefault(row[0], []).append(row)
    return [
        Candidate(stored, names.get(stored.account or ""), _jobs(of_contact.get(stored.id, ())))
        for stored in in_order(records)
    ]


def _jobs(rows: Iterable[Sequence[Any]]) -> tuple[Job, ...]:
    """The primary job first, then those begun last."""
    by_id = sorted(rows, key=lambda row: str(row[1]))
    latest = sorted(by_id, key=lambda row: str(row[5] or ""), reverse=True)
    return tuple(Job(row[2], row[3]) for row in sorted(latest, key=lambda row: not row[4]))
