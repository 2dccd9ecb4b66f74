"""Webhooks made, changed, given a new secret and removed, each with its line in the audit trail."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphsvc.access.audit import Visit, tell_of
from graphsvc.access.desk import Desk
from graphsvc.access.once import Claim, once
from graphsvc.conflicts import DoneBefore, KeptSince, WebhookChanged
from graphsvc.errors import NoWebhook
from graphsvc.features.records.service import keyed_id, new_id
from graphsvc.features.webhooks.addresses import reach_of
from graphsvc.features.webhooks.kept import (
    Hook,
    Salt,
    begin_here,
    find_hook,
    hooks,
    hours_from,
    keep_hook,
    note,
    remove_hook,
    salted,
    secret_of,
    shown,
    state_of,
)
from graphsvc.features.webhooks.schemas import (
    Delivery,
    NewWebhook,
    Rotation,
    Webhook,
    WebhookChange,
    WebhookFields,
    WebhookState,
)
from graphsvc.stores.port import Scope
from models.access import Audited
from models.faults import Code, Fault, InvalidInput, validated
from models.fields import Unfit
from models.webhooks import Rest


@dataclass(frozen=True, slots=True)
class Office:
    """Who works on webhooks: what he may see, from where he came, and whether private addresses may be.

    Webhooks that tell more than the scope sees are not there for him.
    """

    desk: Desk
    scope: Scope
    visit: Visit
    private: bool

    async def all(self) -> list[Webhook]:
        """Those of the scope, the oldest first."""
        return [await self.told(hook) for hook in await hooks(self.desk.store) if hook.within(self.scope)]

    async def find(self, id: str) -> Hook:
        """One. Raises NoWebhook."""
        hook = await find_hook(self.desk.store, id)
        if not hook.within(self.scope):
            raise NoWebhook(id)
        return hook

    async def told(self, hook: Hook) -> Webhook:
        """A webhook with how its sending goes."""
        return shown(hook, await state_of(self.desk.store, hook.id), self.desk.clock())

    async def make(self, body: Mapping[str, Any], key: str | None = None) -> tuple[Webhook, str]:
        """A new one, and its secret; sent again with a key, it is made once and told as it was.

        Raises InvalidInput, NotFound (an account).
        """
        asked, store, now = validated(NewWebhook, body), self.desk.store, self.desk.clock()
        self._check(asked)
        if asked.accounts is None and self.scope.accounts is not None:
            asked = asked.model_copy(update={"accounts": tuple(sorted(self.scope.accounts))})
        id_ = keyed_id(self.scope, key) if key else new_id()
        if (there := await self._made(id_, asked, key)) is not None:
            return await self.told(there), secret_of(self.desk, there.salts[0])
        for account in asked.accounts or ():
            await store.sequences(self.scope, account)
        hook = Hook(
            **asked.model_dump(),
            id=id_,
            created_at=now,
            created_by=self.scope.actor,
            salts=salted((), now),
        )
        await begin_here(store, hook)
        try:
            hook = await keep_hook(store, hook)
        except KeptSince:  # sent twice at once
            return await self.make(body, key)
        await self._tell(Audited.WEBHOOK_MADE, hook)
        return await self.told(hook), secret_of(self.desk, hook.salts[0])

    async def change(self, id: str, patch: Mapping[str, Any], expected: int) -> Webhook:
        """One changed by a merge patch; switched on again, it sends at once.

        Raises InvalidInput, NoWebhook, WebhookChanged.
        """
        hook = await self._at(id, expected)
        held = {**hook.model_dump(include=set(WebhookFields.model_fields)), "active": hook.stopped is None}
        asked = validated(WebhookChange, {**held, **patch})
        self._check(asked)
        stopped = None if asked.active else hook.stopped or Rest.BY_HAND
        fields = asked.model_dump(exclude={"active"})
        changed = await self._kept(hook.model_copy(update={**fields, "stopped": stopped}))
        if asked.active:
            await note(self.desk.store, id, lambda state: WebhookState(recent=state.recent))
        await self._tell(Audited.WEBHOOK_CHANGED, changed)
        return await self.told(changed)

    async def rotate(self, id: str, body: Mapping[str, Any], key: str | None = None) -> tuple[Webhook, str]:
        """A new secret; those before sign beside it for the hours asked for at most.

        Sent again with a key it is done once, and told while it signs; then DoneBefore. Raises as `change`.
        """
        asked, now = validated(Rotation, body), self.desk.clock()
        async with once(self.desk, self.scope.actor, key, "rotate_secret", id, asked.keep_old_hours) as claim:
            hook = await self.find(id)  # before the claim it may lack a secret made meanwhile
            if claim.made is not None:
                return await self.told(hook), self._secret_made(hook, claim.made)
            salts = salted(hook.live_salts(now), hours_from(now, asked.keep_old_hours))
            made = {"id": id, "salt": self._mark(salts[0])}
            changed = await self._kept(hook.model_copy(update={"salts": salts}), claim, made)
        await self._tell(Audited.WEBHOOK_ROTATED, changed)
        return await self.told(changed), secret_of(self.desk, changed.salts[0])

    async def ping(
        self, id: str, send: Callable[[Hook], Awaitable[Delivery]], key: str | None = None
    ) -> Delivery:
        """A message that tells nothing; sent again with a key it goes out once. Raises NoWebhook."""
        async with once(self.desk, self.scope.actor, key, "ping", id) as claim:
            hook = await self.find(id)
            if claim.made is not None:
                return Delivery.model_validate(claim.made)
            found = await send(hook)
            await claim.keep((), found.model_dump(mode="json"))
        return found

    async def remove(self, id: str, expected: int) -> None:
        """It tells nothing from now on. Raises NoWebhook, WebhookChanged."""
        hook = await self._at(id, expected)
        await remove_hook(self.desk.store, id)
        await self._tell(Audited.WEBHOOK_REMOVED, hook)

    async def _made(self, id: str, asked: NewWebhook, key: str | None) -> Hook | None:
        """The webhook of this id, if it is there. Raises InvalidInput if another one was asked for."""
        try:
            there = await find_hook(self.desk.store, id)
        except NoWebhook:
            return None
        fields = {name: getattr(there, name) for name in NewWebhook.model_fields}
        if there.revision != 1 or fields != asked.model_dump():
            raise InvalidInput(Fault(Code.KEY_REUSED, {"key": key}, pointer="/header/Idempotency-Key"))
        return there

    async def _at(self, id: str, expected: int) -> Hook:
        hook = await self.find(id)
        if hook.revision != expected:
            raise await self._changed(hook)
        return hook

    async def _kept(
        self, hook: Hook, claim: Claim | None = None, made: Mapping[str, Any] | None = None
    ) -> Hook:
        try:
            return await keep_hook(self.desk.store, hook, claim, made)
        except KeptSince:
            raise await self._changed(await self.find(hook.id)) from None

    async def _changed(self, hook: Hook) -> WebhookChanged:
        return WebhookChanged((await self.told(hook)).model_dump(mode="json"))

    def _secret_made(self, hook: Hook, made: Mapping[str, Any]) -> str:
        """The secret that a rotation made, while it signs. Raises DoneBefore."""
        for salt in hook.live_salts(self.desk.clock()):
            if self._mark(salt) == made["salt"]:
                return secret_of(self.desk, salt)
        raise DoneBefore({"id": hook.id})

    def _mark(self, salt: Salt) -> str:
        return self.desk.digest("salt", salt.text)

    def _check(self, asked: WebhookFields) -> None:
        try:
            reach_of(asked.url, self.private)
        except Unfit as error:
            raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": error.label}, pointer="/url")) from None

    async def _tell(self, act: Audited, hook: Hook) -> None:
        await tell_of(self.desk, self.visit, self.scope.actor, act, hook.id, hook.name)
