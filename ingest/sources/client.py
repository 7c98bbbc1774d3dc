"""Polite HTTP: cached, rate-limited, retried with back-off, bounded in time and size.

What can be asked again later is a `RequestFailed`; an answer that something is not there is an `Answer`
with status 404 (or 400, 410), and is cached as such for a limited time.
"""

from __future__ import annotations

import contextlib
import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError as TransportError

from ingest.sources.cache import Answer, AnswerCache
from ingest.sources.rate import RateLimit
from ingest.sources.settings import SourceSettings
from kg.errors import PaperUnavailable

DAY = 86_400.0
FOR_GOOD = None
_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_FINAL = frozenset({200, 400, 404, 410})


class RequestFailed(PaperUnavailable):
    """A server could not be reached, or its answer was no usable one. Another try later may work."""


class NotCached(PaperUnavailable):
    """The network may not be touched, and the answer is not in the cache."""


def user_agent() -> str:
    """Who is asking, as arXiv and INSPIRE want to be told."""
    try:
        release = version("cutgraph")
    except PackageNotFoundError:
        release = "0"
    return f"cutgraph/{release} (reads event selections out of papers; python-requests/{requests.__version__})"


@dataclass
class PoliteClient:
    """Gets URLs of one server; `None` for `limit` means no network at all: only the cache answers."""

    server: str
    settings: SourceSettings
    cache: AnswerCache
    limit: RateLimit | None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _sessions: dict[bool, requests.Session] = field(default_factory=dict)
    _down: str = ""

    def get(
        self,
        url: str,
        *,
        lifetime: float | None,
        flaw: Callable[[bytes], str] = lambda body: "",
        nothing: Callable[[bytes], bool] = lambda body: False,
    ) -> Answer:
        """The answer of the cache or of the server.

        `flaw` says what is wrong with a body that came with status 200 ("" for nothing); a flawed answer is
        not kept. `nothing` tells a body that says "not found" with status 200; like a status 404 it is kept
        for a day only, other answers for `lifetime` seconds (None: for good). An expired answer still serves
        where the server cannot be reached.
        Raises `RequestFailed`, or `NotCached` where there is no network to use.
        """
        if (kept := self.cache.get(url, stale=self.settings.offline)) and not (kept.found and flaw(kept.body)):
            return kept
        if self.limit is None:
            raise NotCached(f"{url}", why="not in the cache")
        try:
            answer = self._ask(url, self.limit)
        except RequestFailed:
            if stale := self.cache.get(url, stale=True):
                return stale
            raise
        if answer.found and (wrong := flaw(answer.body)):
            raise RequestFailed(f"no usable answer from {self.server}", where=url, why=wrong)
        self.cache.put(answer, lifetime if answer.found and not nothing(answer.body) else DAY)
        return answer

    def _ask(self, url: str, limit: RateLimit) -> Answer:
        """Ask until there is an answer, the tries are used up, or the server asks for too long a wait."""
        if self._down:
            raise RequestFailed(f"{self.server} is not reachable", where=url, why=self._down)
        failure = _Failure("no try was made")
        for attempt in range(self.settings.attempts):
            if attempt:
                self.sleep(failure.pause if failure.pause is not None else 2.0**attempt)
            limit.wait()
            try:
                return self._once(url)
            except _Failure as reason:
                failure = reason
            except requests.RequestException as error:
                failure = _Failure(_cause(error), again=not _is_hopeless(error), silent=True)
            if not failure.again:
                break
        if failure.silent:
            # the next papers are not made to wait for a server that is not there
            self._down = str(failure)
        raise RequestFailed(f"no answer from {self.server}", where=url, why=str(failure)) from failure

    def _once(self, url: str) -> Answer:
        """One request; raises `_Failure`, or a `requests` exception where nothing came back."""
        settings = self.settings
        with self._session(url).get(
            url,
            stream=True,
            timeout=(settings.connect_timeout, settings.read_timeout),
            headers={"User-Agent": user_agent(), "Accept-Encoding": "gzip"},
        ) as response:
            status = response.status_code
            if status not in _FINAL:
                raise _status_failure(status, _seconds(response.headers.get("Retry-After")), settings.longest_wait)
            return Answer(url, status, self._body(response))

    def _body(self, response: requests.Response) -> bytes:
        """The bytes of an answer, as long as they come, fit and come in time; raises `_Failure`."""
        settings, started = self.settings, self.clock()
        parts: list[bytes] = []
        size = 0
        try:
            for part in response.iter_content(65_536):
                parts.append(part)
                size += len(part)
                if size > settings.max_bytes:
                    raise _Failure(f"the answer is larger than {settings.max_bytes:,} bytes", again=False)
                if self.clock() - started > settings.total_timeout:
                    raise _Failure(f"the answer was not complete after {settings.total_timeout:.0f} s", again=False)
        except (requests.RequestException, TransportError) as error:
            slow = "timed out" in str(error)
            raise _Failure(f"the answer {'stopped' if slow else 'broke off'} after {size:,} bytes") from error
        return b"".join(parts)

    def _session(self, url: str) -> requests.Session:
        """A session; proxies of the environment are not used for this very machine."""
        local = is_loopback(urlsplit(url).hostname or "")
        if local not in self._sessions:
            session = requests.Session()
            session.trust_env = not local
            session.max_redirects = 5
            self._sessions[local] = session
        return self._sessions[local]


class _Failure(Exception):
    """One try failed: whether another may help, after how many seconds, and whether the server was silent."""

    def __init__(self, text: str, *, again: bool = True, pause: float | None = None, silent: bool = False) -> None:
        super().__init__(text)
        self.again, self.pause, self.silent = again, pause, silent


def _status_failure(status: int, retry_after: float | None, longest_wait: float) -> _Failure:
    if retry_after is not None and retry_after > longest_wait:
        return _Failure(f"HTTP status {status}, and it asks to wait {retry_after:.0f} s", again=False)
    # INSPIRE counts requests over 5 s and also those that it turns down
    pause = 6.0 if status == 429 and retry_after is None else retry_after
    return _Failure(f"HTTP status {status}", again=status in _RETRIED, pause=pause)


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("arxiv.org")
    (True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _seconds(header: str | None) -> float | None:
    """The seconds of a Retry-After header, which holds a number or a date; None where it says nothing."""
    if not header:
        return None
    with contextlib.suppress(ValueError):  # then it is a date
        return max(0.0, float(header))
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


_CAUSES = (
    ("NameResolution", "its name cannot be resolved; is there a network?"),
    ("Connection refused", "connection refused"),
    ("unreachable", "the network is unreachable"),
    ("ProxyError", "the proxy does not let us through"),
    ("CERTIFICATE", "its certificate is not trusted"),
    ("RemoteDisconnected", "it closed the connection without an answer"),
    ("Connection reset", "it reset the connection"),
    ("timed out", "it did not answer in time"),
)


def _cause(error: requests.RequestException) -> str:
    """The reason in words, out of the layers that requests and urllib3 wrap around it."""
    text = f"{type(error).__name__} {error}"
    return next((words for sign, words in _CAUSES if sign in text), text.splitlines()[0][:200])


def _is_hopeless(error: requests.RequestException) -> bool:
    """Whether nobody listens there: waiting and asking again would only keep the user waiting."""
    if isinstance(error, requests.ReadTimeout):
        return False
    if isinstance(error, requests.ConnectionError):
        return not any(sign in str(error) for sign in ("RemoteDisconnected", "Connection reset"))
    return True
