"""HTTP that keeps its manners: retries, waiting, limits, caching, and what fails how."""

from __future__ import annotations

import gzip
import json
import socket
from pathlib import Path

import pytest

from ingest.sources.client import DAY, FOR_GOOD, NotCached, RequestFailed
from ingest.sources.settings import SourceSettings
from tests.ingest.sources.serving import Clock, Say, Script, client_for, settings_for


def test_the_user_agent_names_the_program_and_its_version(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"x"))
    client_for(settings_for(script, tmp_path), clock).get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert script.agents[0].startswith("cutgraph/")


def test_a_cached_answer_makes_no_request(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"x"))
    client = client_for(settings_for(script, tmp_path), clock)
    first = client.get(f"{script.url}/paper", lifetime=FOR_GOOD)
    clock.now += 1000 * DAY
    second = client.get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert (first.body, first.cached, second.body, second.cached) == (b"x", False, b"x", True)
    assert script.asked == ["/paper"]


def test_an_answer_that_nothing_is_there_is_kept_for_a_day(script: Script, tmp_path: Path, clock: Clock) -> None:
    client = client_for(settings_for(script, tmp_path), clock)
    for _ in range(2):
        assert client.get(f"{script.url}/none", lifetime=FOR_GOOD).status == 404
    assert len(script.asked) == 1
    clock.now += DAY + 1
    client.get(f"{script.url}/none", lifetime=FOR_GOOD)
    assert len(script.asked) == 2


def test_429_waits_as_long_as_the_server_asks(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(429, headers=(("Retry-After", "17"),)), Say(body=b"x"))
    answer = client_for(settings_for(script, tmp_path), clock).get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert answer.body == b"x"
    assert 17.0 in clock.slept


def test_429_without_a_time_waits_out_the_five_seconds_that_inspire_counts(
    script: Script, tmp_path: Path, clock: Clock
) -> None:
    script.on("/paper", Say(429), Say(body=b"x"))
    client_for(settings_for(script, tmp_path), clock).get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert max(clock.slept) > 5


def test_compressed_answers_are_unpacked_and_bombs_stopped(script: Script, tmp_path: Path, clock: Clock) -> None:
    gzipped = (("Content-Encoding", "gzip"),)
    script.on("/paper", Say(body=gzip.compress(b"x" * 1000), headers=gzipped))
    script.on("/bomb", Say(body=gzip.compress(bytes(30_000_000)), headers=gzipped))
    client = client_for(settings_for(script, tmp_path, max_bytes=1_000_000), clock)
    assert client.get(f"{script.url}/paper", lifetime=FOR_GOOD).body == b"x" * 1000
    with pytest.raises(RequestFailed, match="larger than"):
        client.get(f"{script.url}/bomb", lifetime=FOR_GOOD)


def test_too_long_a_wait_is_refused_with_the_reason(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(429, headers=(("Retry-After", "86400"),)))
    with pytest.raises(RequestFailed, match=r"429, and it asks to wait 86400 s"):
        client_for(settings_for(script, tmp_path), clock).get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert len(script.asked) == 1


def test_500_is_tried_again_with_growing_pauses(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(500), Say(503), Say(body=b"x"))
    answer = client_for(settings_for(script, tmp_path), clock).get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert answer.body == b"x"
    assert len(script.asked) == 3
    assert clock.slept[0] < max(clock.slept)


def test_a_server_that_only_fails_is_given_up(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(500))
    settings = settings_for(script, tmp_path)
    with pytest.raises(RequestFailed, match="HTTP status 500"):
        client_for(settings, clock).get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert len(script.asked) == settings.attempts


def test_403_is_neither_tried_again_nor_kept(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(403))
    client = client_for(settings_for(script, tmp_path), clock)
    for _ in range(2):
        with pytest.raises(RequestFailed, match="HTTP status 403"):
            client.get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert len(script.asked) == 2


def test_a_body_shorter_than_promised_is_asked_for_again(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"half", promised=1000), Say(body=b"whole"))
    answer = client_for(settings_for(script, tmp_path), clock).get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert answer.body == b"whole"


def test_a_body_that_stays_short_is_an_error_and_is_not_kept(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"half", promised=1000))
    client = client_for(settings_for(script, tmp_path, attempts=2), clock)
    with pytest.raises(RequestFailed, match="broke off after"):
        client.get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert not list((tmp_path / "cache").glob("answers/*"))


def test_an_answer_over_the_size_limit_is_refused(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"x" * 200_000))
    client = client_for(settings_for(script, tmp_path, max_bytes=100_000), clock)
    with pytest.raises(RequestFailed, match="larger than 100,000 bytes"):
        client.get(f"{script.url}/paper", lifetime=FOR_GOOD)


def test_a_server_that_hangs_is_given_up_and_later_papers_do_not_wait_for_it(
    script: Script, tmp_path: Path, clock: Clock
) -> None:
    script.on("/paper", Say(hang=30))
    client = client_for(settings_for(script, tmp_path, read_timeout=0.15, attempts=2), clock)
    with pytest.raises(RequestFailed, match="did not answer in time"):
        client.get(f"{script.url}/paper", lifetime=FOR_GOOD)
    asked = len(script.asked)
    with pytest.raises(RequestFailed, match="not reachable"):
        client.get(f"{script.url}/other", lifetime=FOR_GOOD)
    assert len(script.asked) == asked


def test_nobody_listening_is_said_at_once(tmp_path: Path, clock: Clock) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = SourceSettings(cache_dir=tmp_path)
    with pytest.raises(RequestFailed, match="connection refused"):
        client_for(settings, clock).get(f"http://127.0.0.1:{port}/paper", lifetime=FOR_GOOD)
    assert clock.slept == []


def test_proxies_of_the_environment_are_not_used_for_this_machine(
    script: Script, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    script.on("/paper", Say(body=b"x"))
    client = client_for(settings_for(script, tmp_path), clock)
    assert client.get(f"{script.url}/paper", lifetime=FOR_GOOD).body == b"x"


def test_a_flawed_answer_is_an_error_and_is_not_kept(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"<html>Please log in</html>"), Say(body=b"%PDF-1.4"))
    client = client_for(settings_for(script, tmp_path), clock)

    def flaw(body: bytes) -> str:
        return "" if body.startswith(b"%PDF") else "an HTML page came instead of PDF"

    with pytest.raises(RequestFailed, match="an HTML page came instead"):
        client.get(f"{script.url}/paper", lifetime=FOR_GOOD, flaw=flaw)
    assert client.get(f"{script.url}/paper", lifetime=FOR_GOOD, flaw=flaw).body == b"%PDF-1.4"


def test_offline_touches_no_network(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"x"))
    with pytest.raises(NotCached):
        client_for(settings_for(script, tmp_path, offline=True), clock).get(f"{script.url}/paper", lifetime=FOR_GOOD)
    assert script.asked == []


def test_offline_an_expired_answer_still_serves(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"x"))
    client_for(settings_for(script, tmp_path), clock).get(f"{script.url}/paper", lifetime=DAY)
    clock.now += 30 * DAY
    offline = client_for(settings_for(script, tmp_path, offline=True), clock)
    assert offline.get(f"{script.url}/paper", lifetime=DAY).body == b"x"


def test_an_expired_answer_serves_where_the_server_fails(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"x"), Say(500))
    client = client_for(settings_for(script, tmp_path), clock)
    client.get(f"{script.url}/paper", lifetime=DAY)
    clock.now += 30 * DAY
    assert client.get(f"{script.url}/paper", lifetime=DAY).cached
    assert len(script.asked) > 1


def test_a_damaged_cache_entry_is_asked_for_again(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"x"))
    client = client_for(settings_for(script, tmp_path), clock)
    client.get(f"{script.url}/paper", lifetime=FOR_GOOD)
    (content,) = (tmp_path / "cache" / "content").rglob("*/*")
    content.write_bytes(b"y")
    assert client.get(f"{script.url}/paper", lifetime=FOR_GOOD).body == b"x"
    assert len(script.asked) == 2
    assert any("damaged" in warning for warning in client.cache.warnings)
    assert client.get(f"{script.url}/paper", lifetime=FOR_GOOD).cached


@pytest.mark.parametrize("index", [b"", b"{", b"[]", b'{"url": 3}', json.dumps({"sha256": "../../etc"}).encode()])
def test_a_damaged_cache_index_is_asked_for_again(index: bytes, script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(body=b"x"))
    client = client_for(settings_for(script, tmp_path), clock)
    client.get(f"{script.url}/paper", lifetime=FOR_GOOD)
    (entry,) = (tmp_path / "cache" / "answers").iterdir()
    entry.write_bytes(index)
    assert client.get(f"{script.url}/paper", lifetime=FOR_GOOD).body == b"x"
    assert len(script.asked) == 2


def test_a_cache_that_cannot_be_written_is_a_warning(
    script: Script, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.sources.cache.tempfile.mkstemp", full)
    script.on("/paper", Say(body=b"x"))
    client = client_for(settings_for(script, tmp_path), clock)
    assert client.get(f"{script.url}/paper", lifetime=FOR_GOOD).body == b"x"
    assert any("No space left" in warning for warning in client.cache.warnings)


def test_a_cache_folder_that_is_a_file_is_a_warning(script: Script, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "cache").write_text("in the way")
    script.on("/paper", Say(body=b"x"))
    client = client_for(settings_for(script, tmp_path), clock)
    assert client.get(f"{script.url}/paper", lifetime=FOR_GOOD).body == b"x"
    assert client.cache.warnings


def test_a_redirect_loop_is_an_error(script: Script, tmp_path: Path, clock: Clock) -> None:
    script.on("/paper", Say(302, headers=(("Location", "/paper"),)))
    with pytest.raises(RequestFailed, match="redirects"):
        client_for(settings_for(script, tmp_path), clock).get(f"{script.url}/paper", lifetime=FOR_GOOD)
