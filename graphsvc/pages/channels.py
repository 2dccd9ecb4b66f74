"""The channel map: how goods reach those who use them, account by account."""

from __future__ import annotations

from graphsvc.features.channels.schemas import ChannelsQuery
from graphsvc.features.channels.service import channel_map
from graphsvc.pages.asking import Asked, Part, Shown
from viz.layout.channels import HEIGHT, WIDTH, lay_channels
from viz.layout.widths import cut

_NAME_SIZE, _NAME_ROOM = 14.0, WIDTH - 24


async def channels(asked: Asked) -> Shown:
    """The accounts of the channel and their links, drawn and as a table. Raises StoreUnavailable."""
    question = asked.question(ChannelsQuery)
    found = await channel_map(asked.store, asked.scope, question, asked.rules)
    drawing = lay_channels(
        {stop.account_id: stop.depth for stop in found.accounts},
        [(step.source_id, step.target_id) for step in found.items],
    )
    return Shown(
        (Part("channels", found, question),),
        {
            "stops": {stop.account_id: stop for stop in found.accounts},
            "drawing": drawing,
            "card": (WIDTH, HEIGHT),
            "cut": lambda name: cut(name, _NAME_SIZE, _NAME_ROOM, bold=True),
        },
    )
