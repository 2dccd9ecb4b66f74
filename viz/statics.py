"""Scripts, styles and pictures of the pages: where they lie, under an address that changes as they do.

An address names the revision of all of them, so a browser keeps a file for good and asks for none twice, and
what scripts import beside them is of the same revision.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

__all__ = ["PLACE", "address_of", "contents", "imported_by", "revision"]

PLACE = "/static"
_IMPORTED = re.compile(rb"""^(?:import|export|\})[^;"]*"\./([\w./-]+\.js)";""", re.MULTILINE)
"""Imports of a script that are made before it runs; import() is left out."""


@cache
def contents() -> Mapping[str, bytes]:
    """Every file by its name, as "map.css" or "vendor/vis-network.js". Read once a process."""
    folder = Path(str(files("viz") / "static"))
    every = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in every}


@cache
def revision() -> str:
    """What all files say, as 16 hexadecimal digits."""
    said = hashlib.sha256()
    for name, content in contents().items():
        said.update(f"{name}\0{len(content)}\0".encode() + content)
    return said.hexdigest()[:16]


def address_of(name: str) -> str:
    """The address of a file. Raises KeyError if there is none of the name."""
    if name not in contents():
        raise KeyError(name)
    return f"{PLACE}/{revision()}/{name}"


@cache
def imported_by(*scripts: str) -> tuple[str, ...]:
    """What scripts import, and what that imports, the largest first: all a browser needs before they run."""
    known = list(scripts)
    for name in known:
        folder = name.rpartition("/")[0]
        for found in _IMPORTED.findall(contents()[name]):
            path = f"{folder}/{found.decode()}".removeprefix("/")
            if path not in known:
                known.append(path)
    return tuple(sorted(set(known).difference(scripts), key=lambda name: (-len(contents()[name]), name)))
