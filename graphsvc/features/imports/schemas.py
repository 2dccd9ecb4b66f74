"""What an import is asked and what it answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graphsvc.features.imports.batch import AccountRef, ImportOptions
from graphsvc.features.imports.preview import ColumnUse
from graphsvc.features.imports.relations import relations_of, rules_in
from graphsvc.features.imports.tables import known_encoding
from models.enums import Kind
from models.faults import Code, Fault, InvalidInput
from models.fields import Label


class ImportQuery(BaseModel):
    """The fields of `POST /imports` and the options of `graphsvc import`; the names are those of the API."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    account: str | None = Field(None, min_length=1, max_length=200, description="Id or name of the account.")
    as_: str | None = Field(None, alias="as", description="The relation of ties that name none.")
    relation: list[str] = Field([], description="What a relation becomes: advice=influences:reversed.")
    mapping: str | None = Field(None, description="Text of a mapping file: one such rule a line.")
    id_prefix: str = Field("", pattern=r"^[A-Za-z0-9._:-]{0,20}$", description="Put before the files' ids.")
    encoding: str | None = Field(None, description="Encoding of the files; default: found out.")
    levels: Literal["low-first", "high-first"] | None = Field(
        None, description="Which end of a numbered level column comes first."
    )
    mode: Literal["atomic", "per-row"] = Field("atomic", description="Whole or not at all, or row by row.")
    dry_run: bool = Field(False, description="Check everything, write nothing.")

    def options(self, today: date, until: datetime | None = None) -> ImportOptions:
        """The options of the reader; messages after `until` are left out. Raises InvalidInput."""
        if self.encoding is not None and not known_encoding(self.encoding):
            detail = Label(
                f"{self.encoding} is not supported; supported are UTF-8, UTF-16 and GB18030.",
                f"不支持 {self.encoding}；支持 UTF-8、UTF-16 和 GB18030。",
            )
            raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}, pointer="/encoding"))
        return ImportOptions(
            today=today,
            account=self.account,
            relation=self.as_,
            relations=relations_of([*rules_in(self.mapping or ""), *self.relation]),
            id_prefix=self.id_prefix,
            encoding=self.encoding,
            levels=self.levels,
            until=until,
            per_row=self.mode == "per-row",
        )


class RowRefused(BaseModel):
    """A row that was left out, and why."""

    model_config = ConfigDict(frozen=True)

    file: str | None
    row: int | None
    column: str | None
    pointer: str | None
    code: Code
    message: Label

    @property
    def place(self) -> str:
        """Where it is, as people read it."""
        return Fault(
            self.code, file=self.file, row=self.row, column=self.column, pointer=self.pointer
        ).place()

    @classmethod
    def of(cls, fault: Fault) -> RowRefused:
        """The row of a fault."""
        return cls(
            file=fault.file,
            row=fault.row,
            column=fault.column,
            pointer=fault.pointer or None,
            code=fault.code,
            message=Label(fault.message("en"), fault.message("zh")),
        )


class ImportResult(BaseModel):
    """What an import did, or would do: records by kind, what was written, what should be known."""

    model_config = ConfigDict(frozen=True)

    id: str
    dry_run: bool
    accounts: list[AccountRef]
    kinds: dict[Kind, int]
    put: int
    unchanged: int
    notes: list[Label]
    columns: list[ColumnUse] = []
    refused: list[RowRefused] = []
