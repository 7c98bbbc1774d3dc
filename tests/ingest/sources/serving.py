"""A server on this machine that answers as arXiv and INSPIRE do, by a script of routes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ingest.sources.cache import AnswerCache
from ingest.sources.client import PoliteClient
from ingest.sources.rate import RateLimit
from ingest.sources.settings import SourceSettings


@dataclass(frozen=True)
class Say:
    """One answer. `promised` is a Content-Length that the body does not keep; `hang` seconds pass before it."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain"
    headers: tuple[tuple[str, str], ...] = ()
    promised: int | None = None
    hang: float = 0.0


@dataclass
class Script:
    """Answers by path; those of one path are given in turn, the last one again and again; 404 for other paths."""

    url: str = ""
    routes: dict[str, list[Say]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def on(self, path: str, *answers: Say) -> None:
        self.routes[path] = list(answers)

    def paper(self, arxiv_id: str, version: str = "v1", **entry: str) -> None:
        """Let the metadata interface know a paper."""
        self.on(f"/api/query?{arxiv_id}", Say(body=feed(entry_xml(arxiv_id, version, **entry))))

    def answer(self, target: str) -> Say:
        parts = urlsplit(target)
        path = parts.path
        if path == "/api/query":
            path += "?" + parse_qs(parts.query)["id_list"][0]
        if path == "/api/literature":
            path += "?" + parse_qs(parts.query)["q"][0]
        self.asked.append(path)
        answers = self.routes.get(path)
        if answers is None:
            return Say(body=feed("")) if path.startswith("/api/query") else Say(404, b"<html>Not found</html>")
        return answers.pop(0) if len(answers) > 1 else answers[0]


@contextmanager
def serving() -> Iterator[Script]:
    """A running server with an empty script."""
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            say = script.answer(self.path)
            script.agents.append(self.headers.get("User-Agent", ""))
            if say.hang:
                script.over.wait(say.hang)
            try:
                self.send_response(say.status)
                self.send_header("Content-Type", say.content_type)
                self.send_header("Content-Length", str(len(say.body) if say.promised is None else say.promised))
                for name, value in say.headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(say.body)
            except OSError:
                # the client has given up waiting, as it should
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        script.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def entry_xml(
    arxiv_id: str, version: str = "v1", title: str = "A search", comment: str = "", author: str = "ATLAS Collaboration"
) -> str:
    """An entry in the shape of arXiv's feed."""
    return f"""<entry><id>http://arxiv.org/abs/{arxiv_id}{version}</id><title>{title}</title>
    <updated>2018-06-01T10:00:00Z</updated><published>2018-06-01T10:00:00Z</published><summary>We search.</summary>
    <link href="https://arxiv.org/abs/{arxiv_id}{version}" rel="alternate" type="text/html"/>
    <category term="hep-ex" scheme="http://arxiv.org/schemas/atom"/><arxiv:comment>{comment}</arxiv:comment>
    <arxiv:primary_category term="hep-ex"/><author><name>{author}</name></author></entry>"""


def feed(entries: str) -> bytes:
    """A feed in the shape of arXiv's."""
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
      xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id><title>arXiv Query</title>
<opensearch:itemsPerPage>1</opensearch:itemsPerPage><opensearch:totalResults>{int(bool(entries))}</opensearch:totalResults>
<opensearch:startIndex>0</opensearch:startIndex>{entries}</feed>""".encode()


def inspire_record(**fields: Any) -> bytes:
    """A record as INSPIRE's interface gives it for one paper."""
    return json.dumps({"id": "1", "metadata": fields, "links": {}, "created": "", "updated": ""}).encode()


def inspire_hits(*records: dict[str, Any]) -> bytes:
    """The answer of INSPIRE's interface to a search."""
    hits = [{"id": "1", "metadata": record, "links": {}} for record in records]
    return json.dumps({"hits": {"hits": hits, "total": len(hits)}, "links": {}}).encode()


@dataclass
class Clock:
    """A clock that only sleeping moves."""

    now: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def settings_for(script: Script, folder: Path, **changes: Any) -> SourceSettings:
    """Settings that send every request to the script's server."""
    return SourceSettings(
        cache_dir=folder / "cache",
        arxiv_url=script.url,
        arxiv_html_url=script.url,
        inspire_url=script.url,
        **({"connect_timeout": 2.0, "read_timeout": 2.0} | changes),
    )


def client_for(settings: SourceSettings, clock: Clock, limit: RateLimit | None = None) -> PoliteClient:
    """A client whose waiting costs no time."""
    limit = limit or RateLimit(1, 3.0, settings.cache_dir / "requests.json", clock, clock.sleep)
    cache = AnswerCache(settings.cache_dir, clock)
    return PoliteClient("arXiv", settings, cache, None if settings.offline else limit, clock.sleep)
