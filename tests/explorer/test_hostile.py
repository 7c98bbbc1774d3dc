"""What papers say is shown as it stands: it runs nothing, loads nothing, and links to nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.records import Cut
from kg.reviews import review_of
from kg.store.sqlite import SqliteStore
from tests.explorer.visits import Visitor, served
from tests.kg.readings import cut, reading
from ui.explorer.escaping import literal

A, B = "1001.00001", "local:[x](http:evil.test):abc"
SCRIPT = "<script>window.hurt = 1</script>"
IMAGE = "<img src=http://evil.test/a.png onerror='window.hurt = 1'>"
MARKDOWN = "![a](http://evil.test/b.png) [b](javascript:window.hurt=1) :red[c] $\\href{http://evil.test}{d}$ <http://evil.test>"
TURNED = "\u202etxet denrut\u202c"
SAID = f"Muons {SCRIPT} {IMAGE} {MARKDOWN} {TURNED} have pT > 5 GeV."


def hostile(paper: str, **more: object) -> object:
    """A reading all of whose texts are hostile."""
    cuts: list[Cut] = [
        cut(paper, "muon", "pt", ">", 5.0, "GeV", applies_when=MARKDOWN, **more),
        cut(paper, IMAGE, SCRIPT, "is", MARKDOWN, status="unverified", reason=SCRIPT),
        cut(paper, "muon", "pt", ">", 6.0, "GeV", applies_when=MARKDOWN),
    ]
    made = reading(paper, cuts, details=[(B if paper == A else A, (), ())])
    passages = tuple(
        replace(p, quote=SAID, end=p.start + len(SAID), section=IMAGE, prefix=SCRIPT) for p in made.passages
    )
    ids = {old.id: new.id for old, new in zip(made.passages, passages, strict=True)}
    edges = tuple(
        replace(e, source=ids.get(e.source, e.source), target=ids.get(e.target, e.target)) for e in made.edges
    )
    paper_record = replace(made.paper, title=SAID, collaboration=MARKDOWN, warnings=(SCRIPT, MARKDOWN), source=IMAGE)
    return replace(made, paper=paper_record, passages=passages, edges=edges)


@pytest.fixture(scope="module")
def explorer(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer on two hostile papers, one of whose cuts was decided on by a hostile person."""
    pytest.importorskip("streamlit", reason="streamlit is not installed (extra explore)")
    folder: Path = tmp_path_factory.mktemp("hostile")
    with SqliteStore(folder / "graph.sqlite") as store:
        store.commit(hostile(A))
        store.commit(hostile(B))
        first = store.cuts(A)[0]
        store.add_review(review_of(first, "approve", MARKDOWN, comment=f"{SCRIPT} {IMAGE}"))
    with served(folder / "graph.sqlite", folder) as base:
        yield base


def _cut() -> str:
    return cut(A, "muon", "pt", ">", 5.0, "GeV", applies_when=MARKDOWN).id


ADDRESSES = {
    "overview": "/",
    "search": "/?q=muon+pt",
    "paper": f"/?view=paper&paper={A}&cut={_cut()}",
    "local paper": f"/?view=paper&paper={B}",
    "lineage": f"/?view=lineage&cuts={_cut()}",
    "compare": f"/?view=compare&papers={A},{B}&all=1",
    "review": f"/?view=review&paper={A}&cut={_cut()}",
    "generate": f"/?view=generate&paper={A}",
    "address": f"/?view=paper&paper={IMAGE}",
    "settings": f"/?view={SCRIPT}&q={IMAGE}&object={MARKDOWN}&n=-1&from=x",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_that_a_paper_says_runs_or_loads(explorer: str, visitor: Visitor, name: str):
    visit = visitor(explorer)
    visit.go(ADDRESSES[name])
    if name == "compare":
        visit.click("button.say")
    assert visit.page.evaluate("window.hurt") is None
    visit.check()
    strange = """() => {
        const found = [], look = (root) => {
            for (const element of root.querySelectorAll("*")) {
                if (element.shadowRoot) look(element.shadowRoot);
                const named = ["src", "href", "xlink:href"].map((name) => element.getAttribute(name) ?? "").join(" ");
                if (/evil|javascript/.test(named) || [...element.attributes].some((one) => one.name.startsWith("on")))
                    found.push(element.outerHTML.slice(0, 200));
            }
        };
        look(document);
        return found;
    }"""
    assert visit.page.evaluate(strange) == []
    if name in ("search", "paper", "review"):
        text = visit.text()
        assert "<script>window.hurt = 1</script>" in text
        assert "![a](http://evil.test/b.png)" in text
        assert "\u202e" not in text
        assert "U+202E" in text


@pytest.mark.parametrize("name", ["search", "paper", "compare", "review"])
def test_a_figure_says_what_papers_say_as_text_alone(explorer: str, visitor: Visitor, tmp_path: Path, name: str):
    visit = visitor(explorer)
    visit.go(ADDRESSES[name])
    visit.page.get_by_role("button", name="Link and files").click()
    visit.page.wait_for_selector(".preview svg")
    with visit.page.expect_download() as download:
        visit.page.get_by_text("Save SVG").click()
    file = tmp_path / "figure.svg"
    download.value.save_as(file)
    drawn = list(ElementTree.parse(file).iter())
    svg = "{http://www.w3.org/2000/svg}"
    assert {one.tag.removeprefix(svg) for one in drawn} == {"svg", "rect", "text", "tspan", "line"}
    named = {attribute for one in drawn for attribute in one.attrib}
    assert not {attribute for attribute in named if attribute.startswith("on") or "href" in attribute}
    said = " ".join("".join(one.itertext()) for one in drawn if one.tag == f"{svg}text")
    assert "http://evil.test" in said
    assert "\u202e" not in said
    visit.page.goto(file.as_uri())
    assert visit.page.evaluate("window.hurt") is None
    visit.check()


def test_labels_say_what_they_are_given(explorer: str):
    assert literal("a_b [c](d) *e*") == r"a\_b \[c\]\(d\) \*e\*"
