"""A server on this machine that talks as OpenAI-compatible model servers do, and says and breaks what a test wants."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Turn:
    """One answer. `says` is the model's words (None: a message without content); `body` in its place the whole body.

    hangs: nothing comes; closes: the connection ends without an answer; cut: only half of the body comes;
    drips: the body comes byte by byte, so slowly that it never ends; used: the tokens in and out that are told.
    """

    says: str | None = "{}"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    finish: str = "stop"
    hangs: bool = False
    closes: bool = False
    cut: bool = False
    drips: bool = False
    used: tuple[int, int] = (10, 5)

    def bytes(self) -> bytes:
        """The body of a chat completion."""
        if self.body is not None:
            return self.body
        message = {"role": "assistant", "content": self.says}
        choice = {"index": 0, "message": message, "finish_reason": self.finish}
        tokens_in, tokens_out = self.used
        usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}
        made = {"id": "1", "object": "chat.completion", "created": 0, "model": "made", "choices": [choice]}
        return json.dumps(made | {"usage": usage}).encode()


@dataclass
class ModelServer:
    """`turns` are given in their order, after them `answer(request)`; `asked` are the requests that came.

    `latency` is how long each answer takes; `spans` when each request began and ended, by `time.monotonic`.
    """

    url: str = ""
    turns: list[Turn] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], Turn] = field(default=lambda request: Turn())
    latency: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def always(self, turn: Turn) -> None:
        """Give this answer from now on."""
        self.answer = lambda request: turn

    def texts(self) -> list[str]:
        """The user's message of each request."""
        return [next(m["content"] for m in request["messages"] if m["role"] == "user") for request in self.asked]

    def busy(self, places: int) -> float:
        """The share of `places` that were taken by requests, from the first request to the end of the last."""
        began, ended = min(start for start, _ in self.spans), max(end for _, end in self.spans)
        return sum(end - start for start, end in self.spans) / (places * (ended - began))

    def most_at_once(self) -> int:
        """The largest number of requests that were under way together."""
        marks = sorted([(start, 1) for start, _ in self.spans] + [(end, -1) for _, end in self.spans])
        level = most = 0
        for _, step in marks:
            level += step
            most = max(most, level)
        return most

    def next(self, request: dict[str, Any]) -> Turn:
        """What the request gets."""
        with self.lock:
            self.asked.append(request)
            turn = self.turns.pop(0) if self.turns else None
        return turn or self.answer(request)


def _handler(script: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            began = time.monotonic()
            turn = script.next(json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0)))))
            script.over.wait(30 if turn.hangs else script.latency)
            if turn.hangs or turn.closes:
                self.close_connection = True
                return
            self.give(turn)
            with script.lock:
                script.spans.append((began, time.monotonic()))

        def give(self, turn: Turn) -> None:
            body = turn.bytes()
            self.send_response(turn.status)
            for name, value in (("Content-Type", "application/json"), *turn.headers):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if turn.drips:
                self.drip(body)
            self.wfile.write(body[: len(body) // 2] if turn.cut else body)
            if turn.cut:
                self.close_connection = True

        def drip(self, body: bytes) -> None:
            try:
                for _ in range(200):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    if script.over.wait(0.05):
                        break
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on standard error."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A running server, gone afterwards."""
    script = ModelServer()
    server = _Server(("127.0.0.1", 0), _handler(script))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield script
    finally:
        script.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
