"""The channel map over the accounts of the scope."""

from __future__ import annotations

import asyncio

from graphsvc.features.across import channels_known, sequences_across
from graphsvc.features.channels.schemas import ChannelsQuery
from graphsvc.stores.port import UNSTORED, GraphStore, Scope, Sequences
from models.findings.channels import ChannelMap
from queries.provenance import provenance_across
from queries.relations.channels import VERSION, Channels, channel_steps, channel_stops
from queries.rules import DEFAULT_RULES, Rules


async def channel_map(
    store: GraphStore, scope: Scope, query: ChannelsQuery, rules: Rules = DEFAULT_RULES
) -> ChannelMap:
    """The links between accounts both of which the scope sees. Raises StoreUnavailable."""
    at = await sequences_across(store, scope, query.as_of)
    known = await channels_known(store, scope, query.as_of)
    return query.stamped(await asyncio.to_thread(channel_map_of, known, query, rules, at))


def channel_map_of(
    known: Channels, query: ChannelsQuery, rules: Rules = DEFAULT_RULES, at: Sequences = UNSTORED
) -> ChannelMap:
    """The same of channels in hand, as file mode has them."""
    on = query.day()
    steps = channel_steps(known, on=on)
    return ChannelMap(
        items=steps,
        accounts=channel_stops(known, steps),
        provenance=provenance_across((at.account, at.firm), on, rules, "channel map", VERSION),
    )
