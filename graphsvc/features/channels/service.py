"""The channel map over the accounts of the scope."""

from __future__ import annotations

import asyncio
from datetime import date

from graphsvc.features.channels.schemas import ChannelsQuery
from graphsvc.features.questions import today
from graphsvc.stores.port import GraphStore, Scope
from models.findings.base import Provenance
from models.findings.channels import ChannelMap
from models.kinds import FIRM
from queries.relations.channels import VERSION, Channels, channel_steps, channel_stops
from queries.rules import DEFAULT_RULES, Rules


async def channel_map(
    store: GraphStore, scope: Scope, query: ChannelsQuery, rules: Rules = DEFAULT_RULES
) -> ChannelMap:
    """The links between accounts both of which the scope sees. Raises StoreUnavailable."""
    # Read before the links: what is written in between makes a cursor too old, never too new.
    sequences = {head.account: head.sequence for head in await store.heads(scope)}
    firm = sequences.pop(FIRM, 0)
    provenance = Provenance(
        algorithm="channel map",
        version=VERSION,
        rules_version=rules.version,
        parameters={},
        account_sequence=sum(sequences.values()),
        firm_sequence=firm,
        on=query.on or today(),
    )
    known = await store.channels(scope)
    return await asyncio.to_thread(_map_of, known, provenance.on, provenance)


def _map_of(known: Channels, on: date, provenance: Provenance) -> ChannelMap:
    steps = channel_steps(known, on=on)
    return ChannelMap(items=steps, accounts=channel_stops(known, steps), provenance=provenance)
