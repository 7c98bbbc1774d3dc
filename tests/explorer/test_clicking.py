"""What people do in each view, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.store.sqlite import SqliteStore
from tests.explorer.visits import Visitor


def saved(visit, button: str) -> bytes:
    """The file that a button of "Link and files", or of a drawing, saves."""
    with visit.page.expect_download() as download:
        visit.page.locator(button).first.click()
    return Path(download.value.path()).read_bytes()


def test_a_question_is_answered_narrowed_and_saved(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/")
    visit.fill("Question", "muon isolation cuts")
    assert "q=muon+isolation+cuts" in visit.page.url
    before = visit.page.locator(".found li").count()
    assert before >= 2
    visit.go("/?q=lepton+cuts&object=electron")
    heads = visit.page.locator(".group h3").all_inner_texts()
    assert heads
    assert all(text.startswith("electron") for text in heads)
    visit.go("/?q=lepton+pt&from=2018")
    assert {text[:4] for text in visit.page.locator(".found li strong").all_inner_texts()} <= {"1806", "1712"}
    assert "2018" in visit.text()
    visit.page.get_by_text("Link and files").click()
    answer = json.loads(saved(visit, "text=Save JSON"))
    assert answer["groups"][0][0]["quote"]
    assert saved(visit, "text=Save CSV").startswith(b"id,paper,object")
    assert b"<graphml" in saved(visit, "text=Save GRAPHML")
    visit.check()


def test_thresholds_spread_over_papers_as_a_plot_that_can_be_saved(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?q=lepton+pt+threshold")
    assert visit.page.locator("svg[data-plot] circle").count() >= 2
    assert saved(visit, "[data-save=spread-0][data-form=svg]").startswith(b"<svg")
    assert saved(visit, "[data-save=spread-0][data-form=png]").startswith(b"\x89PNG")
    visit.check()


def test_a_cut_opens_its_sentence_in_its_paragraph(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=paper&paper=1806.00242")
    assert "is a restatement" in visit.text()
    cut = visit.page.locator("button.say", has_text="m < 106").first
    cut.click()
    visit.page.wait_for_selector(".paragraph mark")
    visit.settle()
    link = visit.page.url
    assert "50" in visit.page.locator(".paragraph mark").inner_text()
    again = visitor(bundled)
    again.go(link.removeprefix(bundled))
    assert again.page.locator(".paragraph mark").inner_text() == visit.page.locator(".paragraph mark").inner_text()
    assert "Cites" in visit.text()
    visit.check()


def test_a_click_in_the_lineage_shows_the_sentence_and_moves_nothing(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=lineage&paper=1806.00242&object=muon")
    words = visit.page.locator(".stage .edge text").all_text_contents()
    assert any(word.startswith("details in Ref.") for word in words)
    years = visit.page.locator(".stage .year").all_text_contents()
    assert years == sorted(years)
    visit.page.locator("[data-zoom='+']").click()
    visit.page.locator("[data-zoom='+']").click()
    pane = visit.page.locator(".pane")
    pane.evaluate("pane => pane.scrollTo(70, 40)")
    visit.page.wait_for_timeout(100)

    def seen() -> list[float]:
        return pane.evaluate(
            "pane => [pane.scrollLeft, pane.scrollTop, pane.querySelector('svg').getBoundingClientRect().width]"
        )

    before = seen()
    visit.page.locator(".node rect").nth(4).click(force=True)
    visit.page.wait_for_selector(".node.chosen")
    visit.settle()
    assert seen() == pytest.approx(before)
    chosen = visit.page.locator(".node.chosen").get_attribute("aria-label")
    assert visit.page.locator("blockquote").count() >= 1
    visit.page.locator(".node").nth(1).focus()
    visit.page.keyboard.press("Enter")
    visit.settle()
    assert visit.page.locator(".node.chosen").get_attribute("aria-label") != chosen
    assert saved(visit, "[data-form=svg]").startswith(b"<svg")
    assert saved(visit, "[data-form=png]").startswith(b"\x89PNG")
    visit.check()


def test_the_lineage_of_a_selection_is_narrowed_to_objects(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=lineage&paper=1806.00242")
    whole = visit.page.locator(".node.root").count()
    visit.fill_select("Objects", "muon")
    visit.page.wait_for_url("**object=muon**")
    visit.settle()
    named = [one.get_attribute("aria-label") for one in visit.page.locator(".node.root").all()]
    assert 0 < len(named) < whole
    assert all(name.startswith("muon") for name in named)
    again = visitor(bundled)
    again.go(visit.page.url.removeprefix(bundled))
    assert [one.get_attribute("aria-label") for one in again.page.locator(".node.root").all()] == named
    visit.check()


def test_papers_are_offered_before_one_is_chosen(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=paper")
    visit.click("button[aria-label='Open the paper 1712.02304']")
    assert "paper=1712.02304" in visit.page.url
    assert "Effective selection" in visit.text()
    visit.check()


def test_papers_are_compared_with_their_sentences(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=compare")
    visit.fill("First paper", "1806.00242")
    visit.click("button:has-text('choose')")
    visit.fill("Add a paper", "inclusive and differential")
    visit.click("button:has-text('choose')")
    assert "papers=1806.00242" in visit.page.url
    visit.click("button.say")
    assert visit.page.locator("td.detail li").count() >= 1
    visit.page.get_by_text("Link and files").click()
    assert json.loads(saved(visit, "text=Save JSON"))["papers"][0] == "1806.00242"
    assert saved(visit, "text=Save MD").startswith(b"| object |")
    visit.check()


def test_the_basket_becomes_a_program_whose_lines_and_cuts_point_at_each_other(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?q=muon+pt")
    visit.click(".found li button:has-text('+ basket')")
    visit.click("nav button:has-text('Generate')")
    assert "basket 1" in visit.page.locator("nav").inner_text()
    assert "awkward program of 1 cut" in visit.text()
    assert "cuts=" in visit.page.url
    assert visit.page.locator(".listing a.n:not([tabindex='-1'])").count() < 20  # to go through with Tab
    visit.page.locator(".stated a").first.click()
    line = visit.page.locator(".listing .lit").first
    assert line.is_visible()
    assert "cutline" in (line.get_attribute("class") or "")
    visit.page.locator(".listing a.n.own").first.click()
    assert visit.page.locator(".stated li.lit").count() == 1
    visit.fill_select("Target", "adl")
    assert "object" in visit.page.locator(".listing").inner_text()
    visit.check()


def test_a_program_runs_on_the_bundled_sample_and_a_cut_shows_what_it_removes(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=generate&paper=1806.00242")
    visit.page.get_by_role("button", name="Run", exact=True).click()
    visit.page.wait_for_selector("text=events selected in four_lepton.root", timeout=120_000)
    visit.settle()
    assert visit.page.locator(".chart svg").count() >= 1
    visit.page.locator("table button.say", has_text="50 < m").first.click()
    visit.page.wait_for_selector("h3:has-text('What it removes:')")
    visit.settle()
    assert "events are selected" in visit.text()
    assert visit.page.locator("svg path.over").count() >= 1
    visit.click("button:has-text('Histograms without it')")
    visit.page.wait_for_selector("text=the same without the chosen cut", timeout=120_000)
    assert visit.serious() == []
    assert json.loads(saved(visit, "text=Save JSON >> nth=-1"))["n_events"] == 300
    visit.check()


def test_what_the_text_leaves_open_is_chosen_and_stays_in_the_link(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=generate&paper=1806.00242&choose=ends_of_range:included")
    other = visitor(bundled)
    other.go("/?view=generate&paper=1806.00242")
    assert visit.page.locator(".listing").inner_text() != other.page.locator(".listing").inner_text()
    visit.check()


@pytest.mark.parametrize("address", ["/?view=review&paper=1806.00242&cut={cut}", "/?view=generate&paper=1806.00242"])
def test_reviews_and_programs_are_saved_as_tables_and_as_graphs(
    bundled: str, library: Path, visitor: Visitor, address: str
):
    with SqliteStore(library, read_only=True) as opened:
        cut = opened.cuts("1806.00242")[0]
    for form, begins in (("JSON", b"["), ("CSV", b"cut,says"), ("GRAPHML", b"<?xml")):
        visit = visitor(bundled)
        visit.go(address.format(cut=cut.id))
        visit.page.get_by_text("Link and files").click()
        file = saved(visit, f"text=Save {form}")
        assert file.startswith(begins)
        assert cut.id.encode() in file
        visit.check()


def test_a_record_is_reviewed_by_click_and_by_key_and_undone(own_explorer, visitor: Visitor):
    base, store = own_explorer
    visit = visitor(base)
    with SqliteStore(store) as opened:
        cut = opened.cuts("1806.00242")[0].id
    visit.go(f"/?view=review&paper=1806.00242&cut={cut}")
    assert visit.page.locator("button.decide.approve").is_disabled()
    visit.fill("Your name", "Ada")
    visit.page.locator("h1").click()
    visit.page.keyboard.press("r")
    visit.page.wait_for_selector("text=rejected by Ada")
    visit.settle()
    visit.go(f"/?view=review&paper=1806.00242&cut={cut}")
    visit.page.wait_for_selector("button.decide.approve:enabled")  # the name is remembered
    assert visit.page.get_by_label("Your name", exact=True).input_value() == "Ada"
    visit.click("button.decide.undo")
    visit.click("button.decide.correct")
    visit.fill("If", "in the control region")
    visit.page.get_by_role("button", name="Save the correction").click()
    visit.page.wait_for_selector("text=corrected by Ada")
    visit.check()
    with SqliteStore(store) as opened:
        assert [review.decision for review in opened.reviews(cut)] == ["reject", "undo", "correct"]
    visit.go("/?view=paper&paper=1806.00242")
    assert "in the control region" in visit.text()
    assert "rejected by people" in visit.text()
