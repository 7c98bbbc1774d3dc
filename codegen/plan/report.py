"""What became of every cut: compiled, by a proxy, by a model on request, not possible, not understood, left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from codegen.errors import ToSettle
from codegen.plan.stated import Stated


class NotReadable(Exception):
    """A cut that a module has no test for; the message says why."""


CutClass = Literal["compiled", "proxy", "by a model", "not possible", "not understood", "left out"]
APPLIED = ("compiled", "proxy", "by a model")
"""The classes of cuts that a program applies."""


@dataclass(frozen=True)
class CutReport:
    """The class of one cut, with the reason, and the functions of the program that apply it."""

    stated: Stated
    kind: CutClass
    reason: str = ""
    functions: tuple[str, ...] = ()


@dataclass
class Findings:
    """What is found out on the way from cuts to a plan: classes of cuts, readings used, questions that are open."""

    proxies: dict[str, str]
    reasons: dict[str, tuple[CutClass, str]]
    readings: dict[str, None]
    questions: dict[str, ToSettle]

    @classmethod
    def empty(cls) -> Findings:
        """Nothing found yet."""
        return cls({}, {}, {}, {})

    def proxy(self, stated: Stated, why: str) -> None:
        """The cut is compiled, by something that is not quite what the paper means."""
        if why:
            self.proxies[stated.id] = why

    def impossible(self, stated: Stated, why: str) -> None:
        """No such file can answer the cut."""
        self.reasons[stated.id] = ("not possible", why)

    def not_understood(self, stated: Stated, why: str) -> None:
        """It is not clear what the cut asks of an event."""
        self.reasons[stated.id] = ("not understood", why)

    def left_out(self, stated: Stated, why: str) -> None:
        """The cut is no part of this program, and need not be."""
        self.reasons[stated.id] = ("left out", why)

    def ask(self, name: str, question: str, stated: Stated, options: tuple[str, ...] = ()) -> None:
        """A question that must be settled before code can be written; several cuts may raise one."""
        before = self.questions.get(name)
        cuts = (*before.cuts, stated.id) if before else (stated.id,)
        self.questions[name] = ToSettle(name, question, tuple(dict.fromkeys(cuts)), options)

    def reading(self, name: str) -> None:
        """A default reading was used."""
        self.readings[name] = None


__all__ = ["APPLIED", "CutClass", "CutReport", "Findings"]
