"""docker-compose.yml and Dockerfile, read: what they promise about health, ports, passwords and rights."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def dockerfile() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def test_both_services_are_watched_and_start_in_order(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"neo4j", "graphsvc"}
    for service in services.values():
        assert {"test", "interval", "timeout", "retries", "start_period"} <= set(service["healthcheck"])
    assert services["graphsvc"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert "/livez" in " ".join(services["graphsvc"]["healthcheck"]["test"])


def test_the_database_is_the_community_edition_and_out_of_reach(compose: dict[str, Any]) -> None:
    neo4j = compose["services"]["neo4j"]
    assert neo4j["image"] == "neo4j:5.26-community"
    assert set(neo4j["networks"]) == {"database"}
    assert compose["networks"]["database"]["internal"] is True
    assert all("ports" not in service for service in compose["services"].values())


def test_its_data_outlives_the_container(compose: dict[str, Any]) -> None:
    mounts = dict(mount.split(":") for mount in compose["services"]["neo4j"]["volumes"])
    assert mounts["neo4j-data"] == "/data"
    assert set(mounts) <= set(compose["volumes"])


def test_the_password_comes_from_an_environment_file_and_has_no_default(compose: dict[str, Any]) -> None:
    required = re.compile(r"^(neo4j/)?\$\{GRAPHSVC_STORE_PASSWORD:\?[^}]+\}$")
    assert required.match(compose["services"]["neo4j"]["environment"]["NEO4J_AUTH"])
    assert required.match(compose["services"]["graphsvc"]["environment"]["GRAPHSVC_STORE_PASSWORD"])
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(r"^GRAPHSVC_STORE_PASSWORD=$", example, re.MULTILINE)
    assert re.search(r"^\.env$", (ROOT / ".gitignore").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_service_finds_the_database_where_compose_puts_it(compose: dict[str, Any]) -> None:
    services = compose["services"]
    address = services["neo4j"]["networks"]["database"]["ipv4_address"]
    assert services["graphsvc"]["environment"]["GRAPHSVC_STORE_URL"] == f"bolt://{address}:7687"
    assert services["graphsvc"]["network_mode"] == "host"


def test_the_service_has_no_rights_it_does_not_need(compose: dict[str, Any]) -> None:
    service = compose["services"]["graphsvc"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_the_image_is_locked_watched_and_not_run_by_root(dockerfile: list[tuple[str, str]]) -> None:
    words = [word for word, _ in dockerfile]
    assert dockerfile[0] == ("FROM", "python:3.11-slim")
    assert words.index("USER") < words.index("CMD")
    assert dict(dockerfile)["USER"] == "graphsvc"
    installs = [rest for word, rest in dockerfile if word == "RUN" and "pip install" in rest]
    assert all("--require-hashes" in rest or "--no-deps --no-build-isolation" in rest for rest in installs)
    assert len(installs) == 2
    assert "http://127.0.0.1:8000/livez" in dict(dockerfile)["HEALTHCHECK"]


def test_only_what_the_image_needs_is_sent_to_the_builder() -> None:
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in rules
    kept = [rule[1:] for rule in rules if rule.startswith("!")]
    assert {"models", "queries", "viz", "graphsvc", "requirements/run.txt"} <= set(kept)
    assert not any(rule.startswith(".") for rule in kept)
