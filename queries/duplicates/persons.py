"""The people of account graphs, laid out to be compared."""

from __future__ import annotations

from dataclasses import dataclass

from models.enums import ChannelKind, EdgeKind, NodeKind
from models.graph import AccountGraph
from queries.duplicates.normal import PersonName, channel_value, person_name, unit_name
from queries.rules.duplicates import DuplicateRules

Texts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of one contact that tells people apart; addresses and numbers in comparable form."""

    account_id: str
    id: str
    shown: str
    name: PersonName
    emails: Texts
    phones: Texts
    wechats: Texts
    external_ids: Texts
    departments: Texts
    others: Texts
    """Contacts somebody has told apart from this one."""


def persons(graph: AccountGraph, rules: DuplicateRules) -> list[Person]:
    """The people of a graph as they stand on a day. O(people + jobs).

    Left out are seats whose holder is not known and people under restriction.
    """
    table, units = graph.contacts, _departments(graph)
    names, latin = table.texts("name"), table.texts("latin_name")
    told_apart, outside = table.texts("not_same_as"), table.texts("external_ids")
    left_out = (table.array("placeholder") == 1) | (table.array("restricted") == 1)
    found = []
    for row, id_ in enumerate(table.ids):
        if left_out[row]:
            continue
        reached: dict[str, set[str]] = {}
        for channel in table.texts("channels")[row] or ():
            value = channel_value(channel["kind"], channel["value"], rules.phone_digits)
            if value:
                reached.setdefault(channel["kind"], set()).add(value)
        found.append(
            Person(
                graph.account_id,
                id_,
                names[row],
                person_name(names[row], latin[row]),
                frozenset(reached.get(ChannelKind.EMAIL, ())),
                frozenset(reached.get(ChannelKind.PHONE, ())),
                frozenset(reached.get(ChannelKind.WECHAT, ())),
                frozenset(
                    value for value in (outside[row] or {}).values() if len(value) >= rules.external_id_length
                ),
                frozenset(units[row]),
                frozenset(told_apart[row] or ()),
            )
        )
    return found


def _departments(graph: AccountGraph) -> list[set[str]]:
    names = [unit_name(name) for name in graph.nodes[NodeKind.DEPARTMENT].texts("name")]
    found: list[set[str]] = [set() for _ in graph.contacts.ids]
    jobs = graph.edges[EdgeKind.WORKS_IN]
    for contact, unit in zip(jobs.source.tolist(), jobs.target.tolist(), strict=True):
        found[contact].add(names[unit])
    return found
