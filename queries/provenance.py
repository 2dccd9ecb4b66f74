"""What an answer says of where it comes from."""

from __future__ import annotations

from datetime import date

from models.findings.base import Provenance
from models.graph import AccountGraph
from models.terms import Term
from queries.rules import Rules

__all__ = ["provenance_across", "provenance_of"]


def provenance_of(
    graph: AccountGraph, on: date, rules: Rules, algorithm: str, version: str, **asked: object
) -> Provenance:
    """The provenance of an answer about `graph` on a day; `asked` is the question: JSON values, terms."""
    at = graph.sequence, graph.firm_sequence
    return provenance_across(at, on, rules, algorithm, version, **asked)


def provenance_across(
    at: tuple[int, int], on: date, rules: Rules, algorithm: str, version: str, **asked: object
) -> Provenance:
    """The same of several accounts: `at` is the sum of their sequences, and that of the firm."""
    account, firm = at
    return Provenance(
        algorithm=algorithm,
        version=version,
        rules_version=rules.version,
        parameters={name: str(one) if isinstance(one, Term) else one for name, one in asked.items()},
        account_sequence=account,
        firm_sequence=firm,
        on=on,
    )
