"""The end of a run, with a real process: what is in flight is finished and recorded before it goes."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

from bot.domain.outbox.delivery import State
from bot.storage.tiny.store import TinyStore
from tests.commands.processes import PATIENCE_SECONDS, serving
from tests.teams import sent


class SlowTeams(ThreadingHTTPServer):
    """A connector that takes a message and says so only when a test lets it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Connector)
        self.asked = threading.Event()
        self.may_answer = threading.Event()
        self.answered = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class _Connector(BaseHTTPRequestHandler):
    server: SlowTeams

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.set()
        assert self.server.may_answer.wait(PATIENCE_SECONDS)
        self.server.answered += 1
        said = b'{"id":"1"}'
        self.send_response(201)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def slow_teams() -> Iterator[SlowTeams]:
    """A connector that listens while the block runs."""
    with SlowTeams() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.may_answer.set()
            server.shutdown()
            thread.join()


def post(address: str, activity: object) -> int:
    """The status that an activity is answered with."""
    request = Request(  # noqa: S310 - loopback http only
        f"{address}/api/messages", json.dumps(activity).encode(), {"Content-Type": "application/json"}
    )
    with urlopen(request) as answer:  # noqa: S310 - loopback http only
        return int(answer.status)


async def outcomes(store: Path) -> list[State]:
    """What became of the deliveries to the person who was welcomed."""
    opened = TinyStore.open(store, read_only=True)
    try:
        kept = opened._tables.deliveries._rows.values()
        return [delivery.state for delivery in kept if delivery.person == sent.USER]
    finally:
        await opened.close()


async def test_a_slow_send_is_recorded_before_the_end(here: Path) -> None:
    """SIGTERM in the middle of a send: the process waits for the answer, keeps it, and ends with 0."""
    with slow_teams() as teams, serving(here) as service:
        assert post(service.address, sent.installation("add", teams.url)) == 200
        assert teams.asked.wait(PATIENCE_SECONDS)
        service.process.send_signal(signal.SIGTERM)
        threading.Timer(0.5, teams.may_answer.set).start()
        assert service.process.wait(PATIENCE_SECONDS) == 0
        assert teams.answered == 1
    assert await outcomes(here / "store.tinydb") == [State.SENT]
    assert "Traceback" not in (here / "service.log").read_text("utf-8")


async def test_an_answer_that_is_under_way_is_given(here: Path) -> None:
    """SIGTERM while somebody's typed words are being answered: the request still gets its 200."""
    with slow_teams() as teams, serving(here) as service:
        said: list[int] = []
        asking = threading.Thread(
            target=lambda: said.append(post(service.address, sent.text("hi", teams.url)))
        )
        asking.start()
        assert teams.asked.wait(PATIENCE_SECONDS)
        service.process.send_signal(signal.SIGTERM)
        threading.Timer(0.5, teams.may_answer.set).start()
        assert service.process.wait(PATIENCE_SECONDS) == 0
        asking.join()
        assert said == [200]
