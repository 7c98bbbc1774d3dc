"""An HTTP client that ends a request when its time is up, also where the server sends a byte now and then."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

import httpx

_MOST_BYTES = 16_000_000


class _Body(httpx.SyncByteStream):
    """An answer's body, as long as it comes in time and is of a size that a reply can have."""

    def __init__(self, body: httpx.SyncByteStream, deadline: float) -> None:
        self._body, self._deadline = body, deadline

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._body:
            size += len(part)
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the answer was not complete in time")
            if size > _MOST_BYTES:
                raise httpx.ReadError(f"the answer is larger than {_MOST_BYTES:,} bytes")
            yield part

    def close(self) -> None:
        self._body.close()


class _Patient(httpx.HTTPTransport):
    """A transport that gives each request `seconds` in all."""

    def __init__(self, seconds: float, limits: httpx.Limits, trust_env: bool) -> None:
        super().__init__(limits=limits, trust_env=trust_env)
        self._seconds = seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        deadline = time.monotonic() + self._seconds
        answer = super().handle_request(request)
        answer.stream = _Body(cast(httpx.SyncByteStream, answer.stream), deadline)
        return answer


def patient_client(url: str, seconds: float, connections: int) -> httpx.Client:
    """A client for the server at `url`; proxies of the environment are not used for this very machine."""
    limits = httpx.Limits(max_connections=connections + 1, max_keepalive_connections=connections + 1)
    local = _is_loopback(urlsplit(url).hostname or "")
    transport = _Patient(seconds, limits, trust_env=not local)
    if local:
        return httpx.Client(transport=transport, timeout=seconds, trust_env=False)
    # a transport of its own would go round the proxies, which are mounted beside it
    return httpx.Client(timeout=seconds, limits=limits)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


__all__ = ["patient_client"]
