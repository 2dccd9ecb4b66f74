"""Schemathesis over every operation, with all its checks: what the document says holds, whatever is sent.

Each part has operations and a service of its own. Cases are made without chance, the same ones in every run
but for the ids and times that the service gives; `GRAPHSVC_TEST_EXAMPLES` makes more.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.python import asgi

from graphsvc.app import document
from graphsvc.openapi.operations import Operation, operations
from models.kinds import OPEN_SPECS
from tests.lengths import cases, rounds
from tests.openapi.excused import excused
from tests.openapi.service import Service

BASE = "http://localhost"
UNCOUNTED = {f"{use}_per_minute": 0 for use in ("reads", "heavy", "writes", "imports", "sign_ins")}
LEAST = {
    "answers": (900, 5_000),
    "records": (1_300, 8_000),
    "edges": (800, 5_000),
    "others": (1_200, 8_000),
}
"""Cases of each part that `make test` must have run, and `make test-long`."""
STANDING = ("contact", "knows")
"""The kinds of records that `make test` goes through value by value; `make test-long` takes all."""
EVERY = {"answers": 6, "others": 2}
"""`make test` goes through every so manieth of these value by value, as they share most of what is asked."""
LONG = frozenset({"apply_changeset", "change_rules"})
"""Operations of so many values that they, too, are left to `make test-long`."""
CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", "401", "403", "404", "409", "412"]},
    "negative_data_rejection": {
        "expected-statuses": ["401", "403", "404", "405", "409", "412", "413", "415", "422", "428"]
    },
    "missing_required_header": {"expected-statuses": ["401", "403", "422", "428"]},
}
"""What is told so here: a failing server is no refusal, and a missing If-Match is a 428."""


@dataclass
class Seen:
    """What a run of the tool did: cases of each phase and operation, what failed, what was excused."""

    phases: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    excused: int = 0

    @property
    def cases(self) -> int:
        """All of them."""
        return sum(self.phases.values())


def part_of(operation: Operation) -> str:
    """The part that an operation is tried in."""
    tags = set(operation.told.get("tags", ()))
    if {"answers", "views"} & tags:
        return "answers"
    plurals = {spec.plural for spec in OPEN_SPECS} & tags
    if not plurals:
        return "others"
    return "edges" if any(plural.startswith("edges/") for plural in plurals) else "records"


def parts() -> dict[str, list[Operation]]:
    """All operations by part."""
    found: dict[str, list[Operation]] = {part: [] for part in LEAST}
    for operation in operations(document()):
        found[part_of(operation)].append(operation)
    return found


def by_value(part: str, asked: list[Operation]) -> list[str]:
    """The operations that are gone through value by value: some answers and kinds stand for all."""
    if rounds(0, 1):
        return [operation.id for operation in asked]
    if part in EVERY:
        return [operation.id for operation in asked if operation.id not in LONG][:: EVERY[part]]
    plurals = {spec.plural for spec in OPEN_SPECS if spec.kind in STANDING}
    return [operation.id for operation in asked if plurals & set(operation.told["tags"])]


def configuration(key: str, phases: dict[str, int]) -> SchemathesisConfig:
    """All checks, without chance; `phases` with how many examples each (0: as many as there are)."""
    return SchemathesisConfig.from_dict(
        {
            "seed": 2026,
            "max-failures": 100,
            "base-url": BASE,
            "continue-on-failure": True,
            "auth": {"openapi": {"apiKey": {"bearer": key}}},
            "checks": CHECKS,
            "generation": {"deterministic": True, "database": "none", "no-shrink": True},
            "phases": {
                name: {"enabled": name in phases, "generation": _length(phases.get(name, 0))}
                for name in ("examples", "coverage", "fuzzing", "stateful")
            },
        }
    )


def _length(examples: int) -> dict[str, int]:
    return {"max-examples": examples} if examples else {}


def run(service: Service, told: dict[str, Any], ids: list[str], phases: dict[str, int], seen: Seen) -> None:
    """Let the tool ask these operations, and note what it did."""
    schema = schemathesis.openapi.from_dict(told, config=configuration(service.key, phases))
    schema.app = service

    @schema.hook
    def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
        known = excused(failure, case, response)
        seen.excused += known
        return not known

    for event in from_schema(schema.include(operation_id=ids)).execute():
        if isinstance(event, events.ScenarioFinished):
            note(event, seen)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            seen.failed.append(str(getattr(event, "info", None) or event))


def note(event: events.ScenarioFinished, seen: Seen) -> None:
    """Count the cases of a scenario, and keep what failed."""
    seen.phases[event.phase.value] += len(event.recorder.interactions)
    for node in event.recorder.cases.values():
        seen.asked[node.value.operation.definition.raw["operationId"]] += 1
    for id_, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                asked = event.recorder.interactions[id_]
                failure = check.failure_info.failure
                said = asked.response.content[:400] if asked.response else b""
                request = f"{asked.request.method} {asked.request.uri}"
                seen.failed.append(f"{check.name}: {request}\n{failure.message}\n{said!r}")


@pytest.mark.parametrize(
    "part", [pytest.param(part, marks=pytest.mark.xdist_group(f"schemathesis {part}")) for part in LEAST]
)
def test_what_the_document_says_holds(
    part: str, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    asked, seen, service = parts()[part], Seen(), Service(tmp_path, **UNCOUNTED)
    with asgi.get_client(service) as client:
        told = client.get(f"{BASE}/openapi.json").json()
        run(service, told, by_value(part, asked), {"coverage": 0}, seen)
        run(service, told, [operation.id for operation in asked], phases_of(), seen)
    asgi.shutdown_lifespans()
    told_so = ", ".join(f"{name} {number:,}" for name, number in sorted(seen.phases.items()))
    counted = f"{seen.cases:,} cases ({told_so}), {seen.excused} excused, {len(seen.failed)} failed"
    record_property("counts", f"Schemathesis over {part}: {counted}")
    assert not seen.failed, "\n\n".join(seen.failed[:10])
    assert {operation.id for operation in asked} <= set(seen.asked)
    assert seen.cases >= rounds(*LEAST[part])
    assert seen.phases["stateful"] > 0


def phases_of() -> dict[str, int]:
    """Invented cases of each operation, and walks along the links."""
    return {"fuzzing": rounds(5, cases(8)), "stateful": cases(20)}


def test_the_cases_are_enough() -> None:
    short, long = (sum(numbers) for numbers in zip(*LEAST.values(), strict=True))
    assert short >= 2_000
    assert long >= 20_000
    assert set(map(part_of, operations(document()))) == set(LEAST)
