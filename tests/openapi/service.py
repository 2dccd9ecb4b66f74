"""A closed service over the demo account, as Schemathesis calls it: in its loop, by an admin's key."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from graphsvc.access.keys import NewKey, make_key
from graphsvc.access.users import UserFields, add_user, find_user
from graphsvc.app import create_app
from graphsvc.commands.common import OWNER
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from models.access import Role
from tests.stores import settings_of, sqlite_store

DEMO = Path(__file__).parents[2] / "examples" / "demo.json"
ON = date(2026, 3, 2)


class Service:
    """An ASGI app whose store is opened when it starts, so that all lies in the loop that calls it."""

    def __init__(self, folder: Path, **changed: Any) -> None:
        self.folder, self.changed, self.key = folder, changed, ""
        self.app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        async with AsyncExitStack() as stack:
            store = await stack.enter_async_context(sqlite_store(self.folder))
            self.app = create_app(settings_of(open_door=None, **self.changed), store)
            desk = self.app.state.services.desk
            await import_files(
                store,
                OWNER,
                [SourceFile("demo.json", DEMO.read_bytes())],
                ImportOptions(today=ON),
            )
            await add_user(store, "root", UserFields(role=Role.ADMIN, dossiers=True), datetime.now(UTC))
            owner = await find_user(store, "root")
            assert owner is not None
            _, self.key = await make_key(desk, owner, NewKey(name="schemathesis", dossiers=True))
            await self.app(scope, receive, send)
