"""The report as a page: complete, linked both ways, and nothing that a paper says can run, load or hide."""

from __future__ import annotations

import re

import pytest

from tests.ui.reproduction.told import Page, cut, told
from ui.reproduction.page import report_page
from ui.reproduction.page.page import POLICY

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus '",
    '<a href="javascript:alert(1)">here</a>',
    "</style><script>alert(1)</script>",
    "</title></pre></code><iframe src=https://example.org>",
    "<svg><style>@import url(https://example.org)</style></svg>",
    "]]> <!-- <link rel=stylesheet href=//example.org> -->",
    "&lt;script&gt; &#x3c;script&#x3e;",
    "url(https://example.org/x.png) expression(alert(1))",
]
ELEMENTS = set(
    "html head meta title style body header main nav footer section article a p h1 h2 h3 h4 dl dt dd div span strong"
    " ul li sub sup figure figcaption svg rect text tspan line path table caption thead tbody tr th td blockquote pre"
    " code".split()
)
ATTRIBUTES = set(
    "charset http-equiv content name lang class id href rel title role tabindex dir scope aria-label aria-labelledby"
    " viewbox x y x1 x2 y1 y2 dy d width height text-anchor transform".split()
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_papers_say_is_text_and_nothing_else(text):
    page = Page(report_page(told(text)))
    assert {name for name, _ in page.elements} <= ELEMENTS
    assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES
    for link in page.all("a"):
        assert re.fullmatch(r"#[\w-]+|https://arxiv\.org/abs/1001\.0000[12]", link["href"])
    assert page.styles == Page(report_page(told())).styles
    assert text in page.text  # shown, as it was written


def test_signs_that_hide_or_turn_text_are_shown_by_their_code_points():
    page = Page(report_page(told("cut \u202eVeG 7\u202c \u200b\u2066x\x1b[31m\x07 \U000e0041")))
    for sign in "\u202e\u202c\u200b\u2066\x1b\x07\U000e0041":
        assert sign not in page.text
        assert not any(sign in value for _, attributes in page.elements for value in attributes.values())
        assert f"U+{ord(sign):04X}" in page.text


def test_a_lone_surrogate_can_be_written():
    assert "U+D800" in report_page(told("a \ud800 b")).encode().decode()


def test_the_policy_stands_before_anything_that_it_could_forbid():
    page = Page(report_page(told()))
    names = [name for name, _ in page.elements]
    meta = next(attributes for attributes in page.all("meta") if "http-equiv" in attributes)
    assert meta == {"http-equiv": "Content-Security-Policy", "content": POLICY}
    for directive in ("default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"):
        assert directive in POLICY
    assert names[:4] == ["html", "head", "meta", "meta"]
    assert page.elements[3] == ("meta", meta)
    assert not re.search(r"url\(|@import|@font-face|https?:", page.styles)


def test_every_link_within_the_page_leads_somewhere_and_no_id_stands_twice():
    page = Page(report_page(told()))
    assert len(page.ids) == len(set(page.ids))
    targets = {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")}
    assert targets <= set(page.ids)
    assert {label for _, a in page.elements if (label := a.get("aria-labelledby"))} <= set(page.ids)


def test_from_the_cut_to_the_code_and_back():
    text = report_page(told())
    article = re.search(r'<article id="cut-0000000000000001".*?</article>', text, re.S)[0]
    for line in (5, 12):  # where it is defined, where it is applied
        assert f'href="#line-{line}"' in article
        assert re.search(rf'id="line-{line}" class="l cutline"><a href="#cut-0000000000000001"', text)
    assert "muons.pt &gt; 7 * GeV" in article
    assert re.search(r'<th scope="row" class="name"><a href="#cut-0000000000000001">', text)


def test_a_cut_shows_its_sentence_its_place_and_the_way_it_came():
    text = Page(report_page(told("every muon"))).text
    assert "“every muon”1001.00001, p. 3, every muon · LaTeX source, v2" in text
    assert "1001.00001 sends its reader to 1001.00002 [every muon]: “every muon”" in text


def test_a_cut_that_is_not_applied_has_its_reason():
    page = report_page(told())
    article = re.search(r'<article id="cut-0000000000000002".*?</article>', page, re.S)[0]
    assert "not possible on these files" in article
    assert "Not applied: " in article


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("proxy", "applied by a stand-in"),
        ("not understood", "not understood"),
        ("left out", "left out"),
        ("not possible", "not possible on these files"),
    ],
)
def test_every_class_of_cut_is_named(kind, words):
    values = told()
    values.cuts["cuts"][0] = cut(2, "a reason", kind)
    page = Page(report_page(values))
    assert words in page.text
    assert any(f"badge {kind.replace(' ', '-')}" == a.get("class") for a in page.all("span"))


def test_a_restatement_is_never_passed_off_as_the_paper():
    text = Page(report_page(told())).text
    assert "What was read as 1001.00002 is a restatement" in text
    papers = told().cuts["papers"][:1]
    alone = told()
    alone.cuts["papers"] = papers
    assert "restatement" not in Page(report_page(alone)).text


def test_numbers_of_the_run():
    page = Page(report_page(told()))
    assert "Of 10 events in 1 file, 2 are selected." in page.text
    assert "6 pass it alone; 2 are left after it; 4 are selected without it (+2)" in page.text


def test_no_event_selected_is_said_with_the_cut_that_leaves_none():
    values = told("hard")
    values.result["selected"].clear()
    values.result["cutflow"][0]["cumulative"] = 0
    assert "No event is selected; none is left after “hard”." in Page(report_page(values)).text


def test_what_other_options_change():
    def effect(**varied: object) -> str:
        return Page(report_page(told(varied=[{"choice": "ends", "option": "out", **varied}]))).text

    assert "3 events, 1 gained and 0 lost" in effect(selected=3, gained=1, lost=0)
    assert "the same events" in effect(selected=2, gained=0, lost=0)
    assert "Could not be run: no branch" in effect(why="no branch")


def test_tables_have_captions_and_headings_for_screen_readers():
    page = Page(report_page(told()))
    assert len(page.all("table")) == len(page.all("caption")) >= 3
    assert {cell["scope"] for cell in page.all("th")} == {"row", "col"}
    assert all(svg["role"] == "img" and svg["aria-label"] for svg in page.all("svg"))
    assert [name for name, _ in page.elements if name == "h1"] == ["h1"]


def test_the_same_values_give_the_same_page():
    assert report_page(told()) == report_page(told())


def test_the_commands_can_be_typed_whatever_the_names():
    text = Page(report_page(told("it's; rm -rf /"))).text
    assert "kg reproduce 'it'\"'\"'s; rm -rf /'" in text
