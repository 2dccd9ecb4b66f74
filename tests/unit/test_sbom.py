"""The bill of materials names every locked package and every script, as they are."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path

from tests.unit.test_cli import run

ROOT = Path(__file__).parents[2]
LOCKED = re.compile(r"^([a-z0-9-]+)==(\S+?)(?: ;.*)? \\$", re.MULTILINE)


def test_what_is_installed_and_what_pages_bring_is_named() -> None:
    bill = json.loads(run("sbom").stdout)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["purl"] == f"pkg:pypi/graphsvc@{version('graphsvc')}"
    parts = {part["name"]: part for part in bill["components"]}
    assert len(parts) == len(bill["components"])
    locked = dict(LOCKED.findall((ROOT / "requirements" / "run.txt").read_text("utf-8")))
    assert len(locked) > 50
    there = {name: said for name, said in locked.items() if name in parts}
    assert {name: parts[name]["version"] for name in there} == there
    assert there.keys() >= {"fastapi", "neo4j", "networkx", "numpy", "pyvis", "scipy"}
    pinned = json.loads((ROOT / "viz" / "assets" / "package.json").read_text("utf-8"))["devDependencies"]
    for name in pinned.keys() - {"esbuild"}:
        assert parts[name]["version"] == pinned[name]
        assert parts[name]["licenses"][0]["license"]["name"]
    script = (ROOT / "viz" / "static" / "vendor" / "vis-network.js").read_bytes()
    told = {"alg": "SHA-256", "content": hashlib.sha256(script).hexdigest()}
    assert parts["vis-network.js"]["hashes"] == [told]


def test_the_bill_holds_nothing_of_when_or_where_it_was_made() -> None:
    once, again = run("sbom").stdout, run("sbom").stdout
    assert once == again
    assert str(ROOT) not in once
