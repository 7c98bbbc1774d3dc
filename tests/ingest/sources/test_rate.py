"""How often servers are asked."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest

from ingest.sources.rate import RateLimit
from tests.ingest.sources.serving import Clock


def starts(limit: RateLimit, clock: Clock, count: int) -> list[float]:
    begin = clock.now
    times = []
    for _ in range(count):
        limit.wait()
        times.append(clock.now - begin)
    return times


def test_arxiv_is_asked_once_every_three_seconds(tmp_path: Path, clock: Clock) -> None:
    assert starts(RateLimit(1, 3.0, tmp_path / "r", clock, clock.sleep), clock, 4) == [0, 3, 6, 9]


def test_time_that_passed_anyway_is_not_waited_for(tmp_path: Path, clock: Clock) -> None:
    limit = RateLimit(1, 3.0, tmp_path / "r", clock, clock.sleep)
    limit.wait()
    clock.now += 2
    assert limit.wait() == pytest.approx(1)
    clock.now += 10
    assert limit.wait() == 0


def test_inspire_is_asked_fifteen_times_in_five_seconds(tmp_path: Path, clock: Clock) -> None:
    times = starts(RateLimit(15, 5.0, tmp_path / "r", clock, clock.sleep), clock, 40)
    assert times[:16] == [0] * 15 + [5]
    assert all(later - earlier >= 5 for earlier, later in zip(times, times[15:], strict=False))


def test_two_processes_share_one_limit(tmp_path: Path, clock: Clock) -> None:
    one = RateLimit(1, 3.0, tmp_path / "r", clock, clock.sleep)
    other = RateLimit(1, 3.0, tmp_path / "r", clock, clock.sleep)
    assert (one.wait(), other.wait(), one.wait()) == (0, 3, 3)


def _ask(file: Path, queue: multiprocessing.Queue[float]) -> None:
    limit = RateLimit(1, 0.05, file)
    for _ in range(4):
        limit.wait()
        queue.put(time.time())


def test_real_processes_do_not_ask_together(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[float] = context.Queue()
    processes = [context.Process(target=_ask, args=(tmp_path / "r", queue)) for _ in range(2)]
    for process in processes:
        process.start()
    times = sorted(queue.get(timeout=60) for _ in range(8))
    for process in processes:
        process.join(timeout=60)
    # the eight slots are 0.05 s apart; waking up late shifts single starts
    assert times[-1] - times[0] >= 7 * 0.05 - 0.04


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b'["x"]', b"[99999999999]"])
def test_a_damaged_file_of_times_is_begun_anew(content: bytes, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "r").write_bytes(content)
    assert starts(RateLimit(1, 3.0, tmp_path / "r", clock, clock.sleep), clock, 2) == [0, 3]


def test_without_a_usable_file_the_limit_holds_in_this_process(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "in-the-way").write_text("")
    limit = RateLimit(1, 3.0, tmp_path / "in-the-way" / "r", clock, clock.sleep)
    assert starts(limit, clock, 3) == [0, 3, 6]
