"""Who calls, how he came in, and the scope that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphsvc.access.rights import may
from graphsvc.access.users import User, accounts_of, classes_of
from graphsvc.stores.port import GraphStore, Scope
from models.access import Right, Role, Through
from models.privacy import FieldClass


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: by which name, in which role, which accounts (None: all) and classes of fields he sees.

    `proof` is what a page must send back with a change, where a cookie alone would let it pass. `key` is the
    id of the API key he came with, `only` the one right it was made for.
    """

    name: str
    role: Role
    accounts: frozenset[str] | None
    classes: frozenset[FieldClass]
    through: Through
    user: User | None = None
    session: str | None = None
    proof: str | None = None
    key: str | None = None
    only: Right | None = None

    def may(self, right: Right) -> bool:
        """Whether the caller has a right."""
        return right is self.only if self.only is not None else may(self.role, right)

    @property
    def scope(self) -> Scope:
        """What stores and services are asked with."""
        return Scope(
            actor=self.name,
            accounts=self.accounts,
            dossiers=FieldClass.DOSSIER in self.classes,
            personal=FieldClass.PERSONAL in self.classes,
        )


LOCAL = "local"
"""The name of who acts without having signed in."""


def through_the_door(role: Role) -> Caller:
    """Who reaches an open local door: he sees all accounts, dossiers included, in the role it is open for."""
    return Caller(LOCAL, role, None, frozenset(FieldClass), Through.DOOR)


async def signed_in(store: GraphStore, user: User, on: date, session: str, proof: str) -> Caller:
    """A user who came by a session. O(accounts his member served)."""
    seen = await accounts_of(store, user, on)
    return Caller(user.name, user.role, seen, classes_of(user), Through.SESSION, user, session, proof)
