"""A real server on a free port, and browsers of a class that speak to it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from studio import server
from studio.rate_limit import Limits
from studio.running import RunsFailed
from tests.repository import ROOT

MANY = Limits(rooms_per_address=500, wrong_per_address=500, joins_per_address=500, answers_per_member=500)

_open: list[httpx.Client] = []


def browser(base: str) -> httpx.Client:
    """It keeps its connection until everybody hangs up; without certificates, which take long to load."""
    _open.append(httpx.Client(base_url=base, timeout=30, trust_env=False, verify=False))
    return _open[-1]


def hang_up() -> None:
    """Everybody closes the browser."""
    while _open:
        _open.pop().close()


class MadeUpRuns:
    """Runs nothing: the company here measures .5 in every world, others less; without `go` they wait; they can fail."""

    def __init__(self) -> None:
        self.is_closed = False
        self.go = threading.Event()
        self.go.set()
        self.companies = {}
        self.fails = False

    def run(self, companies, seeds, tell):
        self.companies = companies
        tell(0, len(companies) * len(seeds))
        self.go.wait(10)
        if self.fails:
            raise RunsFailed("A run failed: made up.")
        values = {"here": 0.5, "there": 0.01}
        return {
            name: [
                {"share_never_worked": values.get(name, 0.1) + seed % 3 / 100, "contribution_eur": len(name) * 1e5}
                for seed in seeds
            ]
            for name in companies
        }

    def close(self):
        self.is_closed = True
        self.go.set()


class Person:
    """A browser with what it remembers: a member's token or a teacher's key."""

    def __init__(self, base: str, code: str = "", **secret: str) -> None:
        self.http = browser(base)
        self.code, self.secret = code, {name.replace("_", "-"): value for name, value in secret.items()}
        self.version = 0

    def get(self, path: str) -> httpx.Response:
        return self.http.get(self._room(path), headers=self.secret)

    def post(self, path: str, body: object = None) -> httpx.Response:
        return self.http.post(self._room(path), json={} if body is None else body, headers=self.secret)

    def state(self, after: int = 0) -> dict:
        told = self.get(f"state?after={after}").raise_for_status().json()
        self.version = told["version"]
        return told

    def until(self, step: str) -> dict:
        """Wait, as the page does, until the room has come to a step."""
        told = self.state()
        while told["step"] != step:
            told = self.state(self.version)
        return told

    def until_ready(self) -> dict:
        told = self.state()
        while not told["is_ready"]:
            told = self.state(self.version)
        return told

    def _room(self, path: str) -> str:
        return path if path.startswith("/") else f"/api/rooms/{self.code}/{path}"


def new_teacher(base: str, **settings: object) -> Person:
    asked = browser(base).post("/api/rooms", json={"lesson": "never_called", **settings})
    made = asked.raise_for_status().json()
    return Person(base, made["code"], teacher_key=made["teacher_key"])


def joined(base: str, code: str, name: str) -> Person:
    person = Person(base, code)
    token = person.post("join", {"name": name}).raise_for_status().json()["token"]
    return Person(base, code, member_token=token)


@contextlib.contextmanager
def serving(folder: Path, runs: object = None, limits: Limits = MANY, assess: Any = None) -> Iterator[str]:
    """A server in a thread of this process."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = server.app(folder, runs=runs or MadeUpRuns(), limits=limits, assess=assess)
    one = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=one.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        hang_up()
        one.should_exit = True
        thread.join()
        listening.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextlib.contextmanager
def command(folder: Path, port: int, *, end: int = signal.SIGKILL) -> Iterator[subprocess.Popen]:
    """`run.py studio` as a process of its own, up and answering; ended by a signal."""
    words = [sys.executable, "run.py", "studio", "--port", str(port), "--data", str(folder)]
    surroundings = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(words, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/lessons", process)
        yield process
    finally:
        hang_up()
        process.send_signal(end)
        process.wait(20)
        process.stdout.close()
        process.stderr.close()


def _wait_for(address: str, process: subprocess.Popen) -> None:
    for _ in range(200):
        with contextlib.suppress(httpx.TransportError):
            httpx.get(address, trust_env=False, verify=False)
            return
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
