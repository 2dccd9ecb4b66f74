"""Files inside files: gzip, and zip archives of tables; nothing unpacks to more than is allowed."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator

from graphsvc.features.imports.tables import LARGEST_TEXT, FileOnDisk, SourceFile
from models.faults import Code, Fault, InvalidInput
from models.fields import Label

_GZIP, _ZIP, _OLE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_MOST_MEMBERS = 1000
_PIECE = 1 << 20


def opened(file: SourceFile | FileOnDisk) -> Iterator[tuple[SourceFile, bool]]:
    """The files in a file, each with whether it is a workbook; gzip and one layer of zip are undone.

    Raises InvalidInput (bad-file) for what is damaged or unpacks to more than `LARGEST_TEXT`. O(bytes).
    """
    data = _ungzipped(file)
    if data.startswith(_OLE):
        raise _bad(
            file.name,
            "This is a workbook of the old kind (XLS), or one with a password: save it as XLSX without one.",
            "这是旧式工作簿（XLS）或有密码的工作簿：请另存为不带密码的 XLSX。",
        )
    called_workbook = file.name.lower().removesuffix(".gz").endswith(_WORKBOOKS)
    if called_workbook and not data.startswith(_ZIP):
        raise _no_workbook(file.name)
    if not data.startswith(_ZIP):
        yield SourceFile(file.name, data), False
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _checked(archive, file.name)
            if any(member.filename == "xl/workbook.xml" for member in members):
                for member in members:
                    _read(archive, member)
                yield SourceFile(file.name, data), True
                return
            if called_workbook:
                raise _no_workbook(file.name)
            for member in members:
                inside = SourceFile(f"{file.name}/{member.filename}", _read(archive, member))
                if inside.data.startswith((_ZIP, _GZIP)):
                    raise _bad(
                        inside.name,
                        "An archive inside an archive is not opened.",
                        "不打开压缩包中的压缩包。",
                    )
                yield inside, False
    except InvalidInput:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        if called_workbook:
            raise _no_workbook(file.name) from None
        raise _bad(
            file.name, "This zip file is damaged or has a password.", "此 zip 文件已损坏或有密码。"
        ) from None


def _checked(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """The members that hold something, after what they claim to unpack to was added up."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    members = [entry for entry in entries if not entry.filename.startswith("__MACOSX/")]
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_TEXT:
        raise _bad(name, "This file unpacks to more than is allowed.", "此文件解压后超出允许的大小。")
    return members


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member's bytes. Never more than it claims: one that holds more fails its checksum."""
    out = bytearray()
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            out += piece
    return bytes(out)


def _ungzipped(file: SourceFile | FileOnDisk) -> bytes:
    if not file.data.startswith(_GZIP):
        return file.data
    try:
        data = gzip.GzipFile(fileobj=io.BytesIO(file.data)).read(LARGEST_TEXT + 1)
    except (OSError, EOFError, zlib.error):
        data = b""
    if 0 < len(data) <= LARGEST_TEXT:
        return data
    raise _bad(
        file.name, "This gzip file is damaged, empty or too large.", "此 gzip 文件已损坏、为空或过大。"
    )


def _bad(name: str, en: str, zh: str) -> InvalidInput:
    return InvalidInput(Fault(Code.BAD_FILE, {"detail": Label(en, zh)}, file=name))


def _no_workbook(name: str) -> InvalidInput:
    return _bad(
        name,
        "This is not a workbook, although it is called one, or it is damaged.",
        "此文件名为工作簿，内容却不是工作簿，或已损坏。",
    )
