"""Departments by their names: found, made, put under one another, given a function."""

from __future__ import annotations

import re
from dataclasses import replace

from graphsvc.features.imports.batch import AccountRef, Batch, Draft, Place, stable_id
from models.enums import Function, NodeKind, Term
from models.faults import Code, InvalidInput
from models.fields import Label
from models.records import Body

_KEYWORDS: tuple[tuple[Function, str, str], ...] = (
    (Function.EXECUTIVE, "executive board management ceo president", "领导 总裁 总经理 董事 高层 经理室"),
    (Function.PROCUREMENT, "procurement purchasing sourcing supply", "采购 供应 招标"),
    (Function.FINANCE, "finance financial accounting treasury controlling audit", "财务 会计 资金 审计"),
    (Function.LEGAL, "legal compliance", "法务 合规 法律"),
    (Function.SALES, "sales marketing", "销售 市场 营销"),
    (
        Function.TECHNICAL,
        "technical technology engineering it ict r&d research development maintenance equipment information",
        "技术 设备 信息 研发 工程 维修 维护 研究 数据",
    ),
    (
        Function.USER,
        "production operations manufacturing plant quality logistics",
        "生产 运营 制造 质量 车间 物流",
    ),
)


def guessed_function(name: str) -> Function | None:
    """The function a department's name speaks of, by keywords in either language; None if of none."""
    words = set(re.findall(r"[a-z&]+", name.casefold()))
    for function, english, chinese in _KEYWORDS:
        if words & set(english.split()) or any(part in name for part in chinese.split()):
            return function
    return None


class Departments:
    """The departments the people tables speak of; `finish` turns them into drafts."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._ids: dict[tuple[str, str], str] = {}
        self._bodies: dict[str, Body] = {}
        self._names: dict[str, str] = {}
        self._places: dict[str, Place] = {}
        for body in batch.known.of_kind(NodeKind.DEPARTMENT):
            self._ids.setdefault((body["account_id"], body["name"].casefold()), body["id"])

    def named(self, account: AccountRef, name: str, place: Place, column: str = "department") -> str:
        """The id of an account's department, which stands in a column; one that is not there is made."""
        key = (account.id, name.casefold())
        id_ = self._ids.setdefault(key, stable_id(NodeKind.DEPARTMENT, *key))
        if id_ not in self._bodies:
            self._bodies[id_] = {"id": id_, "account_id": account.id}
            headers = {**place.headers, "name": place.headers.get(column, column)}
            self._names[id_], self._places[id_] = name, replace(place, headers=headers)
        return id_

    def put_under(self, id: str, parent_id: str, place: Place) -> None:
        """Say what a department is part of. Raises InvalidInput if another row says otherwise."""
        before = self._bodies[id].setdefault("parent_id", parent_id)
        if before != parent_id:
            name, one, two = (self._names[unit] for unit in (id, before, parent_id))
            detail = Label(
                f"{name} is part of {one} in an earlier row and of {two} here.",
                f"{name} 在前面的行中属于 {one}，这里却属于 {two}。",
            )
            raise InvalidInput(place.fault(Code.INVALID_VALUE, "parent_department", detail=detail))

    def give_function(self, id: str, function: Term) -> bool:
        """Say what a department does; False if an earlier row says otherwise."""
        return bool(self._bodies[id].setdefault("function", function) == function)

    def finish(self) -> None:
        """Put the departments; a new one without a function takes what its name speaks of, which is noted."""
        guesses = []
        for id_, body in self._bodies.items():
            name = self._names[id_]
            guess = guessed_function(name)
            new = (NodeKind.DEPARTMENT, id_) not in self._batch.known.bodies
            if new and guess and "function" not in body:
                guesses.append((name, guess))
            defaults = {"name": name, "function": guess or Function.OTHER}
            self._batch.put(Draft(NodeKind.DEPARTMENT, body, self._places[id_], defaults))
        if guesses:
            self._batch.note(
                "Function taken from the name: "
                + ", ".join(f"{name} → {guess.en.lower()}" for name, guess in guesses),
                "按名称推断职能：" + "，".join(f"{name} → {guess.zh}" for name, guess in guesses),
            )
