"""Long questions in processes of their own: the same answers, and nothing goes on once nobody waits."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from graphsvc.errors import QuestionTooLarge
from graphsvc.workers import KEPT, Workers
from models.faults import Code, InvalidInput
from models.graph import AccountGraph
from queries.chains.best import decision_chains
from tests.deals import TODAY, Deal
from tests.endless import forever, gone

LONG = 120.0


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    """One worker, which is started when it is asked."""
    made = Workers(1, LONG)
    yield made
    await made.close()


def graphs(count: int) -> Iterator[AccountGraph]:
    """The same account at different places of its log."""
    whole = Deal().member("mia").contact("li").knows("mia", "li", 4).graph()
    for sequence in range(count):
        yield AccountGraph(whole.account_id, sequence, 0, whole.nodes, whole.edges)


async def test_a_worker_answers_as_this_process_does_for_more_graphs_than_it_keeps(workers: Workers) -> None:
    held = list(graphs(KEPT + 2))
    for graph in [*held, *held[:2]]:
        answer = await workers.ask(decision_chains, graph, on=TODAY, target_ids=["li"])
        assert answer == decision_chains(graph, on=TODAY, target_ids=["li"])
        assert answer.items[0].path == ["mia", "li"]
    (worker,) = workers._idle
    assert list(worker.holds) == [KEPT, KEPT + 1, 0, 1]


async def test_what_cannot_be_taken_is_refused_with_its_places(workers: Workers) -> None:
    (graph,) = graphs(1)
    with pytest.raises(InvalidInput) as refused:
        await workers.ask(decision_chains, graph, on=TODAY, target_ids=["nobody"])
    assert [(fault.code, fault.pointer) for fault in refused.value.faults] == [
        (Code.UNKNOWN_RECORD, "/target_id")
    ]


async def test_a_question_nobody_waits_for_any_more_stops_computing(workers: Workers, tmp_path: Path) -> None:
    (graph,) = graphs(1)
    started = tmp_path / "started"
    os.mkfifo(started)
    asked = asyncio.create_task(workers.ask(forever, graph, started=started))
    pid = int(await asyncio.to_thread(started.read_text))
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    await workers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert (await workers.ask(decision_chains, graph, on=TODAY, target_ids=["li"])).items


async def test_when_its_time_is_up_it_says_so_and_stops(tmp_path: Path) -> None:
    (graph,) = graphs(1)
    workers = Workers(1, 0.001)
    with pytest.raises(QuestionTooLarge):
        await workers.ask(forever, graph, started=tmp_path / "started")
    await workers.close()
    assert not workers._idle
    assert not workers._starting


async def test_a_worker_whose_first_asker_left_is_ready_for_the_next(workers: Workers) -> None:
    (graph,) = graphs(1)
    asked = asyncio.create_task(workers.ask(decision_chains, graph, on=TODAY, target_ids=["li"]))
    await asyncio.sleep(0)
    (start,) = workers._starting
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    ready = await start
    assert (await workers.ask(decision_chains, graph, on=TODAY, target_ids=["li"])).items
    assert workers._idle == [ready]


async def test_a_warm_worker_is_the_one_that_answers(workers: Workers) -> None:
    (graph,) = graphs(1)
    workers.warm()
    (start,) = workers._starting
    ready = await start
    await workers.ask(decision_chains, graph, on=TODAY, target_ids=["li"])
    assert workers._idle == [ready]


async def test_a_question_asked_meanwhile_takes_the_worker_that_is_starting(workers: Workers) -> None:
    (graph,) = graphs(1)
    workers.warm()
    (start,) = workers._starting
    assert (await workers.ask(decision_chains, graph, on=TODAY, target_ids=["li"])).items
    assert workers._idle == [start.result()]
    assert workers._alive == {start.result()}


async def test_a_worker_that_is_gone_is_replaced(workers: Workers) -> None:
    (graph,) = graphs(1)
    with pytest.raises(asyncio.IncompleteReadError):
        await workers.ask(gone, graph)
    assert (await workers.ask(decision_chains, graph, on=TODAY, target_ids=["li"])).items
