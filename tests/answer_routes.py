"""Every answer of the API as the app's own routes tell, asked of the demo: what is new is walked as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from examples.story.deals import LINE_2
from examples.story.people import ACCOUNT

ON = "2026-03-02"
PATH = {
    "account_id": ACCOUNT,
    "contact_id": "li-guoqiang",
    "member_id": "gao-yuan",
    "opportunity_id": LINE_2,
    "name": "influence",
}
"""Who and what an address names."""
NEEDED = {"list_introductions": {"to": "liang-wei"}, "list_week": {"member": "gao-yuan"}}
"""The query names that an answer cannot do without."""
BODY = {
    "what_if": {
        "changes": [{"kind": "leave", "contact_id": "li-guoqiang"}],
        "answers": ["influencers", "trust"],
        "on": ON,
    }
}
"""What is sent where a question is a body."""
NO_ANSWERS = {"get_graph", "get_diff", "get_questionnaire"}
"""Records as they are, and the form of the questionnaire: they stand among the answers and are none."""


@dataclass(frozen=True, eq=False)
class Route:
    """One answer: its operation, method, address with names to fill, and what the document says of it."""

    name: str
    method: str
    path: str
    query: frozenset[str]
    needed: frozenset[str]
    told: dict[str, Any]

    def url(self, **named: str) -> str:
        """The address, of the demo or of who and what is named instead."""
        return self.path.format(**(PATH | named))

    def asked(self, **more: str) -> dict[str, str]:
        """The query: the day, what cannot be left out, and more."""
        return {} if self.method == "post" else {"on": ON, **NEEDED.get(self.name, {}), **more}

    @property
    def tables(self) -> bool:
        """Whether the answer is a list, and so a table."""
        content = self.told["responses"]["200"]["content"]
        return "text/csv" in content


def answer_routes(document: dict[str, Any]) -> list[Route]:
    """The answers of an app, by its OpenAPI document: tagged as such, or a picture of them."""
    return sorted(_routes(document), key=lambda route: route.name)


def _routes(document: dict[str, Any]) -> Iterator[Route]:
    for path, ways in document["paths"].items():
        for method, told in ways.items():
            if not {"answers", "views"} & set(told.get("tags", ())) or told["operationId"] in NO_ANSWERS:
                continue
            names = [each for each in told.get("parameters", ()) if each["in"] == "query"]
            yield Route(
                name=told["operationId"],
                method=method,
                path=path,
                query=frozenset(each["name"] for each in names),
                needed=frozenset(each["name"] for each in names if each.get("required")),
                told=told,
            )
