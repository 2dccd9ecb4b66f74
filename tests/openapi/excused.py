"""Refusals of requests that fit the document: what JSON Schema cannot say, each named here and no other."""

from __future__ import annotations

import re
from typing import Any

STATE = frozenset(
    {
        "change-set-reused",
        "key-reused",
        "merge-across",
        "cycle",
        "external-id-taken",
        "foreign-reference",
        "moved-account",
        "nothing-to-compare",
        "one-each",
        "other-account",
        "second-boss",
        "self-tie",
        "still-referred",
        "twice",
        "unknown-record",
    }
)
"""Codes of what depends on what is stored, or on two records of one request."""
LANGUAGES = frozenset(
    {"/as", "/encoding", "/mapping", "/query/cursor", "/query/weights", "/relation", "/url"}
)
"""Places of texts with a grammar of their own, and of cursors, which only answers give."""
RULES = re.compile(
    "|".join(
        (
            "a list of the past is that of an account",
            "a person cannot be tied to themselves",
            "an account is no channel of its own",
            "this day is past|该日期已过",
            "a message has 1 to|the time of a message lies",
            "it holds a NUL character|含有 NUL 字符",
            "it holds no character that can be seen",
            r"it is \*, without If-Match",
            "only what is known now can be searched",
            "只能搜索当前数据|查询过去的列表",
            "two milestones of the stage",
            "together at most 1|from the lowest to the highest|: at most 1|stands in one of them",
            "the weights of a step add up to 1",
            "unknown questions",
            "until lies before since",
            r"This is not JSON: the number .* is beyond 2\^53",
        )
    )
)
"""Rules between fields, and bounds that hold for every number and name of every body."""


def excused(failure: Any, case: Any, response: Any) -> bool:
    """Whether a refusal is one of these; anything else that a check finds is a failure."""
    if type(failure).__name__ != "RejectedPositiveData":
        return False
    if response.status_code == 428:  # one of two headers must be sent, which no document can say
        return "if-match" not in names(case) and "upsert" in case.operation.definition.raw["operationId"]
    if response.status_code != 422:
        return False
    told = response.json()["errors"]
    if [fault.get("pointer") for fault in told] == [
        "/header/If-Match"
    ]:  # what the tool sends there fits no pattern
        return re.fullmatch('"r[0-9]{1,15}"', case.headers["If-Match"]) is None
    return bool(told) and all(map(_excused, told))


def names(case: Any) -> set[str]:
    """The headers of a case, in small letters."""
    return {name.lower() for name in case.headers or {}}


def _excused(fault: dict[str, Any]) -> bool:
    return (
        fault["code"] in STATE
        or re.sub(r"/\d+$", "", fault.get("pointer", "")) in LANGUAGES
        or RULES.search(fault["message"]) is not None
    )
