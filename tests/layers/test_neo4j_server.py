"""The launcher that the fault tests rely on does what it says."""

from __future__ import annotations

import socket

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError

from tests import neo4j_server as launcher
from tests.neo4j_server import GivenServer, Neo4jServer

BOLT_GREETING = bytes.fromhex("6060b017 00000005 00000000 00000000 00000000")


def ask(server: GivenServer, query: str) -> list[object]:
    with GraphDatabase.driver(server.url, auth=server.auth, max_transaction_retry_time=0) as driver:
        return [record.value() for record in driver.execute_query(query).records]


def greet(server: Neo4jServer) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=0.5) as line:
        line.sendall(BOLT_GREETING)
        return line.recv(4)


def test_it_is_the_community_edition_of_the_long_term_release(neo4j_server: GivenServer) -> None:
    query = "CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' "
    edition, version = ask(neo4j_server, query + "RETURN [edition, versions[0]]")[0]
    assert edition == "community"
    assert version.startswith("5.26.")


def test_what_was_acknowledged_is_there_after_a_kill_and_a_new_start(breakable_neo4j: Neo4jServer) -> None:
    ask(breakable_neo4j, "CREATE (:LauncherTest {word: 'kept'})")
    breakable_neo4j.kill()
    assert not breakable_neo4j.running
    with pytest.raises(DriverError):
        ask(breakable_neo4j, "RETURN 1")
    breakable_neo4j.start()
    assert ask(breakable_neo4j, "MATCH (n:LauncherTest) RETURN n.word") == ["kept"]
    ask(breakable_neo4j, "MATCH (n:LauncherTest) DELETE n")


def test_a_frozen_server_gives_no_answer_until_it_is_thawed(breakable_neo4j: Neo4jServer) -> None:
    breakable_neo4j.freeze()
    assert breakable_neo4j.running
    with pytest.raises(TimeoutError):
        greet(breakable_neo4j)
    breakable_neo4j.thaw()
    breakable_neo4j.wait_ready()
    assert greet(breakable_neo4j) == bytes.fromhex("00000005")


def test_a_broken_download_is_not_taken_for_a_complete_one(tmp_path, monkeypatch) -> None:
    def fails(folder) -> None:
        folder.mkdir()
        (folder / "half.jar").touch()
        raise RuntimeError("the line is down")

    monkeypatch.setenv("GRAPHSVC_TEST_CACHE", str(tmp_path))
    monkeypatch.setattr(launcher, "_download", fails)
    with pytest.raises(RuntimeError, match="the line is down"):
        launcher.jars_folder()
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]

    monkeypatch.setattr(launcher, "_download", lambda folder: folder.mkdir())
    kept = launcher.jars_folder()
    assert kept.is_dir()
    assert {path.name for path in tmp_path.iterdir()} == {"lock", kept.name}


def test_it_says_what_to_install(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GRAPHSVC_TEST_CACHE", str(tmp_path))
    monkeypatch.setattr(launcher.shutil, "which", lambda program: None)
    assert launcher.what_is_missing() == "Java 17 and Maven"
