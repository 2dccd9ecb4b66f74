"""The software bill of materials: the Python packages installed and the scripts that pages bring along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions, version
from importlib.resources import files
from typing import Any
from urllib.parse import quote

NAME = "graphsvc"
_APPROVED = "License :: OSI Approved :: "
_HEADING = re.compile(r"^=+\n(?P<name>\S+) (?P<version>\S+)\n=+\n\s*(?P<licence>[^\n]+)", re.MULTILINE)
_SHORT = 80
"""Some packages put the text of their licence where its name belongs."""

Part = dict[str, Any]


def bill_of_materials() -> Part:
    """What this installation is made of, as CycloneDX 1.6: the same each time, as nothing of when is in it.

    All packages of the Python environment, as what is installed beside a service can be run by it; and what
    is built into the scripts of the pages, with the hash of each file. No network is asked.
    """
    parts = [*_packages(), *_scripts()]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _part("application", "pypi", NAME, version(NAME))},
        "components": parts,
    }


def _packages() -> Iterator[Part]:
    """The installed packages by name, each once: of two of one name the first is the one that is imported."""
    found: dict[str, Distribution] = {}
    for one in distributions():
        found.setdefault(_plain(one.metadata["Name"]), one)
    for name in sorted(found):
        if name != NAME:
            yield _part("library", "pypi", name, found[name].version, _licence(found[name]))


def _scripts() -> Iterator[Part]:
    folder = files("viz").joinpath("static", "vendor")
    for said in _HEADING.finditer(folder.joinpath("LICENSES.txt").read_text(encoding="utf-8")):
        yield _part("library", "npm", said["name"], said["version"], said["licence"])
    for line in folder.joinpath("SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        yield {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def _part(kind: str, source: str, name: str, version: str, licence: str | None = None) -> Part:
    where = f"pkg:{source}/{quote(name)}@{quote(version)}"
    said = {"licenses": [{"license": {"name": licence}}]} if licence else {}
    return {"type": kind, "bom-ref": where, "name": name, "version": version, "purl": where, **said}


def _licence(package: Distribution) -> str | None:
    """How a package calls its licence, if it does in a word."""
    told = package.metadata
    rows = told.get_all("Classifier", ())
    classes = (row.removeprefix(_APPROVED) for row in rows if row.startswith(_APPROVED))
    called = told["License-Expression"] or next(classes, None) or (told["License"] or "").strip()
    return called if called and len(called) <= _SHORT and "\n" not in called else None


def _plain(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
