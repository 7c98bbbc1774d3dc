"""A report's values made by hand, small, with any text in the places where papers' text stands; and its page parsed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from ui.reproduction.checks import checks_of
from ui.reproduction.inputs import InputFile
from ui.reproduction.page import Told

PROGRAM = '''"""A program."""
# {text}


@cut("cut:0000000000000001", "muon")
def muon_pt(muons):
    # cut:0000000000000001, “{text}”
    return muons.pt > 7 * GeV


def select(events, flow):
    return flow.objects(muon_pt)
'''
SHA256 = "ab" * 32


def cut(number: int, text: str, kind: str = "compiled", **others: object) -> dict[str, object]:
    """A cut as `cuts.json` has it."""
    functions = [{"name": "muon_pt", "lines": [5, 8], "used": [12]}] if kind == "compiled" else []
    quote = {"quote": text, "role": "quote", "section": text, "page": 3, "place": text, "start": 0, "end": 1}
    return {
        "id": f"cut:{number:016x}", "paper": "1001.00001", "label": f"muon: p_T > 7 GeV, if {text}", "class": kind,
        "class_reason": "" if kind == "compiled" else text, "functions": functions, "status": "verified", "reason": "",
        "quote": text, "quotes": [quote, {**quote, "role": "header"}], "via": ["1001.00002"],
        "through": [{"paper": "1001.00001", "target": "1001.00002", "kind": "details", "label": text, "quote": text,
                     "section": text, "page": None}],
    } | others  # fmt: skip


def told(text: str = "a text", **others: object) -> Told:
    """A report on two cuts, one of them applied, in which papers, files and the program say `text`."""
    papers = [
        {"id": name, "title": text, "collaboration": text, "year": 2018, "version": "v2", "arxiv_id": name, "doi": text,
         "edition": edition, "sha256": SHA256, "source": text, "withdrawn": False, "cuts": 1, "reading": "r"}
        for name, edition in (("1001.00001", "latex"), ("1001.00002", "restatement"))
    ]  # fmt: skip
    cuts = {
        "paper": "1001.00001", "papers": papers, "cuts": [cut(2, text, "not possible"), cut(1, text)],
        "overridden": [{**cut(9, text), "state": "overridden", "overridden_by": [f"cut:{1:016x}"], "section": text,
                        "page": 2}],
        "open_choices": [{"choice": "ends", "question": text, "default": "in", "taken": "in", "cuts": [f"cut:{1:016x}"],
                          "options": [{"name": "in", "text": text, "why_not": ""},
                                      {"name": "out", "text": text, "why_not": ""},
                                      {"name": "never", "text": text, "why_not": text}]}],
        "not_read": [{"paper": text, "referred_by": ["1001.00001"], "objects": [text], "variables": []}],
        "readings": [text], "choices": {"ends": text}, "without": [text],
        "release": "open-data-2024", "target": "awkward",
    }  # fmt: skip
    result = {
        "n_events": 10, "selected": [{"file": text, "index": 3}, {"file": text, "index": 5}],
        "cutflow": [{"cut": f"cut:{1:016x}", "label": text, "passed": 6, "cumulative": 2, "without": 4}],
        "not_applied": [], "histograms": [{"name": "m", "label": text, "edges": [0, 1, 2], "counts": [1, 1]}],
        "provenance": {
            "program_sha256": SHA256, "events_asked_for": None, "failed": [],
            "inputs": [{"file": text, "bytes": 5, "events": 10, "events_read": 10, "kind": "data"}],
            "versions": {"python": "3.11"},
            "confinement": {"level": "confined", "mechanisms": [text], "attempts": [text]},
        },
    }  # fmt: skip
    request = {"paper": text, "files": [text], "depth": 2, "library": text, "offline": True, "choices": {"ends": text},
               "without": [text], "events": 5, "confine": "limits"}  # fmt: skip
    values = {
        "cuts": cuts, "program": PROGRAM.replace("{text}", " ".join(text.splitlines())), "program_sha256": SHA256,
        "result": result, "files": (InputFile(text, 5, SHA256),),
        "checks": tuple(checks_of(cuts["cuts"], SHA256, result)),
        "varied": [{"choice": "ends", "option": "out", "why": text}], "request": request,
    }  # fmt: skip
    return Told(**values | others)  # type: ignore[arg-type]


@dataclass
class Page(HTMLParser):
    """A page as a browser would take it apart: its elements with their attributes, its text, where each id is."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements, self.text, self.styles = [], "", ""
        self.inside: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ("meta", "br", "hr"):
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] == "style":
            self.styles += data
        else:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of the elements of that name."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        """All ids, in order."""
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]
