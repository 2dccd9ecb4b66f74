"""Opening the file: the lock, what refuses to start, schema and mirrored columns."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from graphsvc.errors import BackupFailed, StartRefused
from graphsvc.stores.operations import Migration
from graphsvc.stores.sqlite.copying import contents, copy
from graphsvc.stores.sqlite.migrating import fingerprint, fingerprint_of, migrate, mirror, newest
from graphsvc.stores.sqlite.threads import connect_read_only
from queries.catalog import sql

APPLICATION_ID = 0x67636166
"""Stands in the header of every file of ours, beside the version of its schema."""
OLDEST_SQLITE = (3, 38, 0)
_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_ROLLBACK_FIRST = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}


class Lock:
    """Held by the one process that has the file open; the kernel lets go of it when the process dies."""

    def __init__(self, path: Path) -> None:
        import fcntl  # POSIX only; imported here so that a Neo4j store works without it

        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise _unwritable(path) from error
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._handle, 32).decode("ascii", "replace").strip() or "?"
            os.close(self._handle)
            name = path.with_suffix("")
            raise StartRefused(
                f"{name} is in use by process {holder}; stop it, or reach it over HTTP.",
                f"{name} 正被进程 {holder} 使用；请先停止该进程，或通过 HTTP 访问。",
            ) from None
        os.ftruncate(self._handle, 0)
        os.write(self._handle, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Let another process have the file. The lock file stays: another may hold it by now."""
        os.close(self._handle)


def lock_of(path: Path) -> Path:
    """Where the lock of a file is."""
    return path.with_name(f"{path.name}.lock")


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock of a file for a moment. Raises StartRefused."""
    lock = Lock(lock_of(path))
    try:
        yield
    finally:
        lock.release()


def is_database(path: Path) -> bool:
    """Whether a file is one of SQLite, whoever's."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def check_place(path: Path) -> None:
    """Refuses what shows before the file is opened; nothing is changed. Raises StartRefused."""
    try:
        _check_place(path)
    except PermissionError as error:
        raise _unwritable(path) from error


def _unwritable(path: Path) -> StartRefused:
    return StartRefused(
        f"{path} cannot be written; give this user write access to the file and its folder.",
        f"{path} 不可写；请授予当前用户对该文件及其文件夹的写权限。",
    )


def _check_place(path: Path) -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise StartRefused(
            f"SQLite {sqlite3.sqlite_version} is too old; a Python with SQLite {needed} or newer is needed.",
            f"SQLite {sqlite3.sqlite_version} 版本过旧；需要带有 SQLite {needed} 或更新版本的 Python。",
        )
    folder = path.parent
    if not folder.is_dir():
        raise StartRefused(
            f"The folder {folder} does not exist; create it or choose another store.",
            f"文件夹 {folder} 不存在；请创建它，或改用其他存储。",
        )
    if path.is_dir():
        raise StartRefused(f"{path} is a folder; name a file.", f"{path} 是文件夹；请指定一个文件。")
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.R_OK | os.W_OK)):
        raise _unwritable(path)
    if path.exists() and path.stat().st_size and not is_database(path):
        raise foreign(path)


def foreign(path: Path) -> StartRefused:
    """The refusal of a file that is not a store of ours."""
    return StartRefused(
        f"{path} is not a graphsvc database; choose another file.",
        f"{path} 不是 graphsvc 数据库；请改用其他文件。",
    )


def prepare(path: Path) -> Migration:
    """Check what the file is, bring it to the newest schema, mirror columns if their layout has changed.

    A file that holds something is copied and the copy verified before its schema is touched. Raises
    StartRefused; a file that is refused is left as it was.
    """
    version = check(path) if path.exists() and path.stat().st_size else 0
    backup = None
    try:
        if 0 < version < newest():
            backup = _kept(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            version = _checked_version(connection, path)  # read-only, a rollback could not be seen
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection, version)
            mirror(connection)
    except BackupFailed as error:
        raise StartRefused(
            f"{path} was not migrated, as no backup of it could be made. {error.en}",
            f"{path} 未迁移，因为无法为其建立备份。{error.zh}",
        ) from error
    except (sqlite3.OperationalError, OSError) as error:
        raise StartRefused(
            f"{path} cannot be written ({error}); check its folder, its rights and the free space.",
            f"{path} 无法写入（{error}）；请检查文件夹、权限和可用空间。",
        ) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error
    return Migration(version, newest(), backup)


def check(path: Path) -> int:
    """The version of a file's schema, read without a change to it. Raises StartRefused."""
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    application = int.from_bytes(head[68:72], "big")
    if application not in (0, APPLICATION_ID):
        raise foreign(path)
    try:
        with closing(connect_read_only(path)) as connection:
            return _checked_version(connection, path)
    except sqlite3.OperationalError as error:
        # A write to be rolled back can be seen by nobody who may not write. If the file is ours, we may.
        if application == APPLICATION_ID and error.sqlite_errorcode & 0xFF in _ROLLBACK_FIRST:
            return _rolled_back(path)
        raise _damaged(path, error) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


def cut_off(path: Path) -> bool:
    """Whether who had the file last did not close it: what was written last still stands beside it."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def check_database(path: Path) -> int:
    """The version of a file that is there. Raises StartRefused if there is none, or none of ours."""
    if not path.is_file():
        raise StartRefused(f"There is no file {path}.", f"文件 {path} 不存在。")
    if not is_database(path) or not (version := check(path)):
        raise foreign(path)
    return version


def check_readable(path: Path) -> int:
    """The version of a file that is to be read as it is. Raises StartRefused, also for an older schema."""
    version = check_database(path)
    if version != newest():
        raise StartRefused(
            f"{path} has schema {version}, not {newest()}; migrate it with graphsvc migrate first.",
            f"{path} 的模式为 {version}，而非 {newest()}；请先运行 graphsvc migrate。",
        )
    return version


def _rolled_back(path: Path) -> int:
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            return _checked_version(connection, path)
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


def _kept(path: Path) -> Path:
    """A verified copy of the file beside it; one of the same contents that is there already serves."""
    told = contents(path)
    for name in _names(f"{path.name}.before-schema-{newest()}"):
        kept = path.with_name(name)
        if not kept.exists():
            copy(path, kept)
            return kept
        if _holds(kept, told):
            return kept
    raise AssertionError("names do not end")


def _names(first: str) -> Iterator[str]:
    yield first
    yield from (f"{first}-{number}" for number in count(2))


def _holds(kept: Path, told: object) -> bool:
    try:
        return bool(contents(kept) == told)
    except sqlite3.DatabaseError:
        return False


def _damaged(path: Path, error: Exception) -> StartRefused:
    return StartRefused(
        f"{path} is damaged ({error}); restore it from a backup.",
        f"{path} 已损坏（{error}）；请从备份恢复。",
    )


def _checked_version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = int(connection.execute(sql("file_size")).fetchone()[0])
    if application != APPLICATION_ID and (application or version or tables):
        raise foreign(path)
    if version > newest():
        raise StartRefused(
            f"{path} was written by a newer version (schema {version}); update graphsvc.",
            f"{path} 由更新的版本写入（模式 {version}）；请升级 graphsvc。",
        )
    if version < 0 or fingerprint(connection) != fingerprint_of(version):
        raise StartRefused(
            f"{path} says schema {version}, but its tables are others (of a version between releases?); "
            "restore a backup, or export with the version that wrote it.",
            f"{path} 标明模式 {version}，但数据表与之不符（可能由未发布版本写入）；"
            "请从备份恢复，或用写入它的版本导出。",
        )
    return version
