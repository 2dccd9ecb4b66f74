"""The channel map over the accounts of the scope."""

from __future__ import annotations

import asyncio
from datetime import date

from graphsvc.features.across import channels_known, sequences_across
from graphsvc.features.channels.schemas import ChannelsQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.base import Provenance
from models.findings.channels import ChannelMap
from queries.relations.channels import VERSION, Channels, channel_steps, channel_stops
from queries.rules import DEFAULT_RULES, Rules


async def channel_map(
    store: GraphStore, scope: Scope, query: ChannelsQuery, rules: Rules = DEFAULT_RULES
) -> ChannelMap:
    """The links between accounts both of which the scope sees. Raises StoreUnavailable."""
    at = await sequences_across(store, scope, query.as_of)
    provenance = Provenance(
        algorithm="channel map",
        version=VERSION,
        rules_version=rules.version,
        parameters={},
        account_sequence=at.account,
        firm_sequence=at.firm,
        on=query.day(),
    )
    known = await channels_known(store, scope, query.as_of)
    return query.stamped(await asyncio.to_thread(_map_of, known, provenance.on, provenance))


def _map_of(known: Channels, on: date, provenance: Provenance) -> ChannelMap:
    steps = channel_steps(known, on=on)
    return ChannelMap(items=steps, accounts=channel_stops(known, steps), provenance=provenance)
