"""A server on this machine that talks as OpenAI-compatible model servers do, and says what a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ModelServer:
    """`says` is the content of each reply; `body` in its place the whole answer; `asked` the requests it had."""

    url: str = ""
    says: str = '{"claims": []}'
    status: int = 200
    body: bytes | None = None
    hangs: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def answer(self) -> bytes:
        """The body of a chat completion."""
        if self.body is not None:
            return self.body
        message = {"role": "assistant", "content": self.says}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        made = {"id": "1", "object": "chat.completion", "created": 0, "model": "made", "choices": [choice]}
        return json.dumps(made | {"usage": usage}).encode()


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A running server, gone afterwards."""
    script = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            script.asked.append(json.loads(self.rfile.read(length)))
            if script.hangs:
                script.over.wait(30)
                return
            body = script.answer()
            self.send_response(script.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
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
