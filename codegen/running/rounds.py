"""The program run on all batches; where a run fails, its files again in smaller parts, so that the rest is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codegen.running.answers import Answer, read_answer
from codegen.running.batches import Batch
from codegen.running.errors import Failure, ProgramFailed, ResultInvalid
from codegen.running.pool import Confinement, Ended, Order, runs
from codegen.running.watching import Watcher
from codegen.sandbox import Status

ENOUGH = 3  # single files on which the program fails alike, with no result at all, before it is given up
_TAIL = 20  # lines of standard error that are kept


@dataclass
class Tried:
    """What the runs on some files gave, in the order of the inputs, and how they were confined."""

    answers: list[Answer] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)
    gave_up: bool = False

    @property
    def events(self) -> int:
        """How many events the answers are of."""
        return sum(answer.batch.events for answer in self.answers)

    def add(self, other: Tried) -> None:
        """What runs on further files gave."""
        self.answers += other.answers
        self.failures += other.failures
        self.outcomes += other.outcomes
        self.gave_up |= other.gave_up


@dataclass(frozen=True)
class Program:
    """The program to run: its file, the options that every run gets, the folder for the runs' own folders."""

    path: Path
    options: tuple[str, ...]
    work: Path


def tried(batches: Sequence[Batch], program: Program, confinement: Confinement, jobs: int, watcher: Watcher) -> Tried:
    """Run the program on each batch.

    A run that fails is made again on parts of its files, down to single ones; a file that the program says it cannot
    read gives no events at all. Raises `ProgramFailed` where the program tried what the sandbox forbids, and what the
    sandbox raises.
    """
    done = Tried()
    alike: Counter[str] = Counter()
    count = sum(len(batch.files) for batch in batches)
    todo = list(batches)
    turn = 0
    while todo and not done.gave_up:
        turn += 1
        orders = [_order(batch, program, f"run-{turn}-{number}") for number, batch in enumerate(todo)]
        again: list[Batch] = []
        left = set(range(len(todo)))
        for news in runs(orders, confinement, jobs):
            if not isinstance(news, Ended):
                continue
            left.discard(news.order)
            batch = todo[news.order]
            _stop_if_forbidden(news.outcome, batch, program)
            result = _judged(news.outcome, batch, orders[news.order].folder, program)
            if isinstance(result, Answer) and not result.failed:
                done.answers.append(result)
                done.outcomes.append(news.outcome)
                watcher.ran(_files(done), count, done.events)
                continue
            if isinstance(result, Answer):
                done.failures += result.failed
                rest = batch.without({failure.file for failure in result.failed})
                again += [rest] if rest else []
            elif len(batch.files) > 1 and news.outcome["status"] == Status.FAILED:
                # at first a single file, to learn soon whether the program works at all
                again += batch.halves(len(batch.files) // 2 if done.answers else 1)
            else:
                done.failures += [Failure(file.given, *result) for file in batch.files]
                alike[_kind(result[0], batch)] += 1
            watcher.ran(_files(done), count, done.events)
            if not done.answers and max(alike.values(), default=0) >= ENOUGH:
                done.gave_up = True
                again += [todo[number] for number in left]
                break
        todo = again
    why = f"not run: the program failed alike on the {ENOUGH} inputs before" if done.gave_up else ""
    done.failures += [Failure(file.given, why) for batch in todo for file in batch.files]
    place = {file.given: number for number, file in enumerate(f for batch in batches for f in batch.files)}
    done.answers.sort(key=lambda answer: place[answer.batch.files[0].given])
    done.failures.sort(key=lambda failure: place[failure.file])
    return done


def _files(done: Tried) -> int:
    return sum(len(answer.batch.files) for answer in done.answers) + len(done.failures)


def _order(batch: Batch, program: Program, name: str) -> Order:
    arguments = [*(str(file.path) for file in batch.files), "-o", "result", *program.options]
    if batch.cut_short:
        arguments += ["--events", str(batch.events)]
    return Order(program.path, tuple(arguments), tuple(file.path for file in batch.files), program.work / name)


def _stop_if_forbidden(outcome: dict[str, Any], batch: Batch, program: Program) -> None:
    if outcome["status"] == Status.FORBIDDEN:
        why = _named(f"{outcome['label']}: {outcome['reason']}", batch)
        raise ProgramFailed([], _tail(outcome["stderr"], batch, program), why)


def _judged(outcome: dict[str, Any], batch: Batch, folder: Path, program: Program) -> Answer | tuple[str, str]:
    """The run's answer, or why there is none and what the program said last."""
    tail = _tail(outcome["stderr"], batch, program)
    if outcome["status"] not in (Status.DONE, Status.FAILED):
        return _named(f"{outcome['label']}: {outcome['reason']}", batch), tail
    try:
        answer = read_answer(folder / "result" / "result.json", batch)
    except FileNotFoundError:
        wrote_none = "it ended without writing a result"
        why = wrote_none if outcome["status"] == Status.DONE else outcome["reason"]
        return _named(f"the program failed: {why}", batch), tail
    except ResultInvalid as error:
        return str(error), tail
    if outcome["status"] == Status.FAILED and not answer.failed:
        return _named(f"the program failed: {outcome['reason']}", batch), tail
    return answer


def _tail(stderr: str, batch: Batch, program: Program) -> str:
    for folder in (program.work, program.path.parent):  # temporary, and other ones each time
        stderr = stderr.replace(f"{folder}/", "")
    return "\n".join(_named(stderr, batch).strip().splitlines()[-_TAIL:])


def _kind(why: str, batch: Batch) -> str:
    """The reason without the names of the files, so that the same reason on other files can be told."""
    for file in batch.files:
        why = why.replace(file.given, "")
    return why


def _named(text: str, batch: Batch) -> str:
    """With the files called as the user called them."""
    for file in batch.files:
        text = text.replace(str(file.path), file.given)
    return text
