"""What the store has already that files mean: accounts, and the records their rows are laid over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

from graphsvc.features.imports.batch import AccountRef, stable_id
from graphsvc.features.imports.headers import Form
from graphsvc.features.imports.people import VALID_ID
from graphsvc.features.imports.reading import Outline, Page
from graphsvc.stores.codec import body_text
from graphsvc.stores.listing import every
from graphsvc.stores.port import GraphStore, Scope
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code, Fault, InvalidInput

_READS: Mapping[Form, tuple[Kind, ...]] = {
    Form.ACCOUNTS: (NodeKind.ACCOUNT,),
    Form.PEOPLE: (
        NodeKind.ACCOUNT,
        NodeKind.DEPARTMENT,
        NodeKind.CONTACT,
        EdgeKind.WORKS_IN,
        EdgeKind.REPORTS_TO,
    ),
    Form.TIES: (
        NodeKind.CONTACT,
        EdgeKind.REPORTS_TO,
        EdgeKind.INFLUENCES,
        EdgeKind.MESSAGES,
        EdgeKind.BOND,
    ),
    Form.ROLES: (NodeKind.CONTACT, NodeKind.OPPORTUNITY, EdgeKind.PLAYS),
    Form.MESSAGES: (NodeKind.CONTACT, NodeKind.INTERACTION, EdgeKind.MESSAGES),
}
"""The kinds whose stored records a form's rows look at. Graph documents hold whole records."""
_AT_ONCE = 2_000


async def accounts_of(
    store: GraphStore, scope: Scope, outline: Outline
) -> tuple[Mapping[str, AccountRef], frozenset[str]]:
    """The account that each text of the files means, and the ids of all accounts. Raises InvalidInput."""
    names = {account.id: account.name for account in await store.accounts(scope)}
    return _accounts(names, outline.account_texts, outline.account_ids), frozenset(names)


async def stored_bodies(
    store: GraphStore, scope: Scope, outline: Outline, accounts: Iterable[AccountRef]
) -> AsyncIterator[Page]:
    """The stored records that rows may be laid over, so many at a time. O(records)."""
    wanted = dict.fromkeys(kind for form in Form if form in outline.forms for kind in _READS[form])
    for account in dict.fromkeys(accounts):
        for kind in wanted if not account.new else ():
            async for page in _pages(store, scope, kind, account.id):
                yield page
    if outline.forms:
        async for page in _pages(store, scope, NodeKind.MEMBER, None):
            yield page


async def _pages(store: GraphStore, scope: Scope, kind: Kind, account: str | None) -> AsyncIterator[Page]:
    texts: dict[str, bytes] = {}
    async for row in every(store, scope, kind, account_id=account):
        texts[row.id] = body_text(row.body).encode()
        if len(texts) == _AT_ONCE:
            yield kind, texts
            texts = {}
    if texts:
        yield kind, texts


def _accounts(
    by_id: Mapping[str, str], texts: Sequence[str], given: Iterable[tuple[str, str]]
) -> Mapping[str, AccountRef]:
    """The account each text means: by id, by name, by the id that was made of its name; else a new one.

    `given` are names and ids that stand side by side in an accounts table.
    """
    own = {name: id_ for name, id_ in given if name not in by_id}
    by_name: dict[str, list[str]] = {}
    for id_, name in by_id.items():
        by_name.setdefault(name, []).append(id_)
    found: dict[str, AccountRef] = {}
    for text in texts:
        named = sorted(by_name.get(text, ()))
        if text not in by_id and len(named) > 1:
            raise InvalidInput(Fault(Code.AMBIGUOUS_ACCOUNT, {"name": text, "ids": ", ".join(named)}))
        wanted = own.get(text, text) if not named else text
        made = wanted if VALID_ID.fullmatch(wanted) else stable_id(NodeKind.ACCOUNT, wanted)
        id_ = named[0] if named and text not in by_id else made
        found[text] = AccountRef(id_, by_id.get(id_, text), id_ not in by_id)
    return found
