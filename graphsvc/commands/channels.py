"""graphsvc channels: how goods reach those who use them, over the accounts of the store or of files."""

from __future__ import annotations

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_across, rows_of
from graphsvc.commands.common import OWNER, query_of
from graphsvc.commands.language import both
from graphsvc.commands.output import print_table
from graphsvc.features.across import channels_among
from graphsvc.features.channels.schemas import ChannelsQuery
from graphsvc.features.channels.service import channel_map, channel_map_of
from models.findings.channels import ChannelMap, ChannelStep, ChannelStop

_COLUMNS = ("source_id", "target_id", "kind", "share", "goods", "against", "edge_id")


@answering(account=None)
def channels(asked: o.Asked) -> Reply:
    """The links between accounts in the order goods pass them, from the supplier to who uses them."""
    query = query_of(ChannelsQuery, on=asked.on, as_of=asked.as_of)
    found = found_across(
        asked,
        lambda opened, rules: channel_map(opened, OWNER, query, rules),
        lambda files: channel_map_of(channels_among(files.records), query),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _print_for_people(found))


def _print_for_people(found: ChannelMap) -> None:
    stops = {stop.account_id: stop for stop in found.accounts}
    header = both("from does for share note", "起点 关系 终点 份额 备注").split()
    print_table(header, (_row(stops, step) for step in found.items))
    unlinked = [stop.name for stop in found.accounts if stop.depth is None]
    if unlinked:
        names = both(", ", "、").join(unlinked)
        typer.echo(both(f"No goods are known to pass: {names}.", f"无货物流转：{names}。"))


def _row(stops: dict[str, ChannelStop], step: ChannelStep) -> list[object]:
    source, target = (_said(stops[id_]) for id_ in (step.source_id, step.target_id))
    share = "" if step.share is None else f"{step.share:.0%}"
    note = both("against the order of roles", "与渠道角色顺序相反") if step.against else ""
    return [source, both(step.kind.en, step.kind.zh), target, share, note]


def _said(stop: ChannelStop) -> str:
    role = "" if stop.role is None else both(f" ({stop.role.en.lower()})", f"（{stop.role.zh}）")
    return f"{stop.name}{role}"
