"""An account graph straight from files, with no store: what the answer commands ask when given --from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from graphsvc.features.imports.batch import Batch, ImportOptions
from graphsvc.features.imports.reader import read_files
from graphsvc.features.imports.tables import SourceFile
from models.at_hand import graph_of
from models.enums import Kind, NodeKind
from models.faults import Code, Fault, InvalidInput, faults_of
from models.graph import AccountGraph
from models.records import Body, Record, body_of, read_record
from queries.privacy.retention import unexpired


@dataclass(frozen=True, slots=True)
class FileGraph:
    """The graphs of the accounts of files that are asked about, and the way to the files' own ids."""

    graphs: tuple[AccountGraph, ...]
    names: Mapping[str, str]
    """Of all accounts the files tell of."""
    batch: Batch
    records: tuple[tuple[Kind, Body], ...]
    """All the files say, of whatever account."""
    dossiers: tuple[Body, ...]
    """Without items that are past their day."""

    @property
    def graph(self) -> AccountGraph:
        """The graph of the one account that is asked about."""
        (graph,) = self.graphs
        return graph

    def named(self) -> Iterator[tuple[AccountGraph, str]]:
        """The graphs, each with the name of its account."""
        return ((graph, self.names[graph.account_id]) for graph in self.graphs)

    def own(self, value: Any) -> Any:
        """A JSON value with the files' own ids in place of those that were made. O(size)."""
        if isinstance(value, str):
            return self.batch.own_ids.get(value, value)
        if isinstance(value, list | tuple):
            return [self.own(item) for item in value]
        if isinstance(value, dict):
            return {name: self.own(item) for name, item in value.items()}
        return value

    def id_of(self, own: str, kind: NodeKind = NodeKind.CONTACT) -> str:
        """The id in the graph of somebody as the files call him. Raises InvalidInput."""
        found = next((id_ for id_, its in self.batch.own_ids.items() if its == own), own)
        if found not in self.graph.nodes[kind].position:
            raise InvalidInput(Fault(Code.UNKNOWN_PERSON, {"id": own}))
        return found


def graph_of_files(
    files: Sequence[SourceFile], options: ImportOptions, account: str | None = None, *, across: bool = False
) -> FileGraph:
    """The graph of files about one account; `account` picks one (by id or name) of a graph document.

    With `across` the graphs of all accounts, by id. Raises InvalidInput with file and row of every fault.
    """
    batch = read_files(files, options)
    records = tuple(
        (draft.kind, body_of(record)) for draft, record in zip(batch.drafts, records_of(batch), strict=True)
    )
    owners = {body["account_id"]: "" for kind, body in records if kind is NodeKind.CONTACT}
    names = {**owners, **{ref.id: ref.name for ref in batch.accounts.values()}}
    chosen = sorted(names) if across and names else [_chosen(names, account)]
    graphs = tuple(graph_of(id_, records) for id_ in chosen)
    held = {id_ for graph in graphs for id_ in graph.nodes[NodeKind.DOSSIER].ids}
    dossiers = [
        unexpired(body, options.today)
        for kind, body in records
        if kind is NodeKind.DOSSIER and body["id"] in held
    ]
    return FileGraph(graphs, names, batch, records, tuple(sorted(dossiers, key=lambda body: str(body["id"]))))


def records_of(batch: Batch) -> list[Record]:
    """The validated records of a batch. Raises InvalidInput with every fault."""
    faults, records = list(batch.faults), []
    for draft in batch.drafts:
        try:
            records.append(read_record(draft.kind, draft.laid_over(None)))
        except ValidationError as error:
            faults += [draft.place.moved(fault) for fault in faults_of(error)]
    if faults:
        raise InvalidInput(*faults)
    return records


def _chosen(names: dict[str, str], account: str | None) -> str:
    wanted = [id_ for id_, name in names.items() if account in (None, id_, name)]
    if len(wanted) == 1:
        return wanted[0]
    known = ", ".join(f"{id_} {name}".strip() for id_, name in names.items())
    if account is not None:
        raise InvalidInput(Fault(Code.UNKNOWN_RECORD, {"kind": NodeKind.ACCOUNT, "id": account}))
    if names:
        raise InvalidInput(Fault(Code.SEVERAL_ACCOUNTS, {"known": known}))
    raise InvalidInput(Fault(Code.NO_PEOPLE))
