"""A real Neo4j Community server for the tests, run from its Maven artifacts; measured: 4 s to start.

Users run the image of docker-compose.yml or a server of their own: this launcher is for tests only.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

POM = Path(__file__).parent / "neo4j" / "pom.xml"
START_DEADLINE_S = 120.0
STOP_DEADLINE_S = 30.0
DOWNLOAD_DEADLINE_S = 900.0
POLL_S = 0.05

AS_USED = [
    "-Xms512m",
    "-Xmx512m",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
]
"""Java's own choice of compilers and collector, as users run the server."""
QUICK = [
    *AS_USED,
    "-XX:TieredStopAtLevel=1",  # with the serial collector: 4 s to start in place of 5
    "-XX:+UseSerialGC",
    "-XX:ReservedCodeCacheSize=240m",  # this compiler alone would have 48 MB, which a long run of tests fills
]
"""What starts soon; its answers never get as quick as those of a server in use."""

# The two waits of zero make an orderly stop take 0.2 s in place of 10. Each test empties and fills the
# database, which would make the server plan its queries anew every ten seconds: a quarter of its work.
CONFIG = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=1 files
dbms.usage_report.enabled=false
dbms.cypher.min_replan_interval=1h
dbms.security.auth_enabled=true
internal.server.bolt.connection_shutdown_wait_time=0s
internal.server.bolt.thread_pool_shutdown_wait_time=0s
"""


class GivenServer:
    """A server somebody else runs: the tests use it, but cannot break it."""

    owned = False
    user = "neo4j"

    def __init__(self, url: str, password: str) -> None:
        self.url = url
        self.password = password

    @property
    def auth(self) -> tuple[str, str]:
        """User and password, as the driver takes them."""
        return self.user, self.password


class Neo4jServer(GivenServer):
    """A server of our own under `home`; it can be killed, frozen and started again over the same data."""

    owned = True

    def __init__(self, home: Path, jars: Path | None = None, flags: Sequence[str] = QUICK) -> None:
        self.home = home
        self._flags = flags
        self.port = _free_port()
        super().__init__(f"bolt://127.0.0.1:{self.port}", secrets.token_urlsafe(12))
        self._jars = jars or jars_folder()
        self._process: subprocess.Popen[bytes] | None = None
        self._password_set = False
        (home / "conf").mkdir(parents=True, exist_ok=True)
        (home / "conf" / "neo4j.conf").write_text(CONFIG.format(port=self.port), encoding="utf-8")

    @property
    def running(self) -> bool:
        """Whether the process lives, also while it is frozen."""
        return self._process is not None and self._process.poll() is None

    def start(self, *, wait: bool = True) -> None:
        """Start over what `home` holds; returns when it answers, or at once with wait=False."""
        if not self.running:
            command = ["java", *self._flags, "-cp", f"{self._jars}/*", "org.neo4j.server.CommunityEntryPoint"]
            command += ["--home-dir", str(self.home), "--config-dir", str(self.home / "conf")]
            with self._console.open("ab") as console:
                self._process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=console, stderr=console, start_new_session=True
                )
        if wait:
            self.wait_ready()

    def wait_ready(self, deadline_s: float = START_DEADLINE_S) -> None:
        """Return when the server answers a query, or say what it last complained of."""
        end = time.monotonic() + deadline_s
        problem: Exception | None = None
        while time.monotonic() < end:
            if not self.running:
                raise RuntimeError(f"Neo4j ended while it started:\n{self._last_words()}")
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                self._greet()
            except (OSError, DriverError, Neo4jError) as error:
                problem = error
                time.sleep(POLL_S)
            else:
                return
        raise TimeoutError(f"Neo4j gave no answer in {deadline_s:.0f} s: {problem}\n{self._last_words()}")

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order, with all it holds written to its files."""
        self.thaw()
        self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """Stop it in its tracks: connections stay open, nothing answers. Returns when it stands."""
        self._signal(signal.SIGSTOP)
        if self._process is not None and self.running:
            os.waitid(os.P_PID, self._process.pid, os.WSTOPPED)

    def thaw(self) -> None:
        """Let it go on after freeze()."""
        self._signal(signal.SIGCONT)

    @property
    def _console(self) -> Path:
        return self.home / "console.log"

    def _greet(self) -> None:
        if not self._password_set:
            with GraphDatabase.driver(self.url, auth=(self.user, "neo4j")) as driver:
                change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
                driver.execute_query(change, password=self.password, database_="system")
            self._password_set = True
        with GraphDatabase.driver(self.url, auth=self.auth, max_transaction_retry_time=0) as driver:
            driver.execute_query("RETURN 1", database_="neo4j")

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def _end(self, number: signal.Signals) -> None:
        self._signal(number)
        if self._process is None:
            return
        try:
            self._process.wait(STOP_DEADLINE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _last_words(self) -> str:
        text = self._console.read_text(encoding="utf-8", errors="replace") if self._console.exists() else ""
        return text[-2000:]


def given_server() -> GivenServer | None:
    """The server that GRAPHSVC_TEST_NEO4J_URL names, if it does."""
    url = os.environ.get("GRAPHSVC_TEST_NEO4J_URL")
    return GivenServer(url, os.environ.get("GRAPHSVC_TEST_NEO4J_PASSWORD", "")) if url else None


def what_is_missing() -> str | None:
    """What to install before a server can be started here."""
    missing = [name for name, program in (("Java 17", "java"), ("Maven", "mvn")) if not shutil.which(program)]
    if missing == ["Maven"] and any(_kept_jars().glob("*.jar")):
        return None
    return " and ".join(missing) or None


def jars_folder() -> Path:
    """The server's jars; downloaded once, renamed into place only when complete. Others wait meanwhile."""
    kept = _kept_jars()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (kept.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_dir():
            with tempfile.TemporaryDirectory(prefix="part-", dir=kept.parent) as part:
                _download(Path(part) / "jars")
                (Path(part) / "jars").rename(kept)
    return kept


def _kept_jars() -> Path:
    version = re.search(r"<neo4j\.version>(.+?)<", POM.read_text(encoding="utf-8"))
    assert version is not None, f"{POM} names no version"
    cache = os.environ.get("GRAPHSVC_TEST_CACHE") or Path.home() / ".cache" / "graphsvc-tests"
    return Path(cache) / f"neo4j-{version[1]}"


def _download(folder: Path) -> None:
    command = ["mvn", "--batch-mode", "--quiet", "--file", str(POM), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=DOWNLOAD_DEADLINE_S
    )
    if done.returncode != 0:
        raise RuntimeError(f"Maven could not fetch the Neo4j server:\n{(done.stdout + done.stderr)[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    print(jars_folder())
