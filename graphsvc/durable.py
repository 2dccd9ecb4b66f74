"""Files that are on the disk before anybody is told so, and that never take the place of others."""

from __future__ import annotations

import os
from pathlib import Path

from graphsvc.errors import BackupFailed


def publish(unfinished: Path, target: Path) -> None:
    """Sync a finished file and give it its name. Raises BackupFailed if a file of that name has come up."""
    sync(unfinished)
    try:
        os.link(unfinished, target)
    except FileExistsError as error:
        raise BackupFailed.exists(target) from error
    unfinished.unlink()
    sync(target.parent)


def sync(path: Path) -> None:
    """Have a file or a folder on the disk itself."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_whole(path: Path, content: bytes) -> None:
    """Write a file in place of the one that is there, whole or not at all, and synced. Raises OSError."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_bytes(content)
    sync(unfinished)
    unfinished.replace(path)
    sync(path.parent)
