"""Clicks that follow one another faster than answers come, and the browser's own buttons."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.explorer.visits import Visit, Visitor

pytest.importorskip("streamlit", reason="streamlit is not installed (extra explore)")

# what the server says reaches the page `late` milliseconds later, as over a slow line; nothing is reordered
SLOW_LINE = """
window.late = 0;
const listen = WebSocket.prototype.addEventListener;
WebSocket.prototype.addEventListener = function (kind, told, ...more) {
  const later = (event) => setTimeout(() => told.call(this, event), window.late);
  return listen.call(this, kind, kind === "message" ? later : told, ...more);
};
const answer = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
Object.defineProperty(WebSocket.prototype, "onmessage", {
  set(told) { answer.set.call(this, (event) => setTimeout(() => told.call(this, event), window.late)); },
  get() { return answer.get.call(this); },
});
"""


def view(visit: Visit) -> tuple[str, str]:
    """The view that is drawn, and the one that the address names."""
    named = parse_qs(urlsplit(visit.page.url).query).get("view", ["search"])[0]
    return visit.page.locator(".drawn h1").inner_text().split(":")[-1].strip().lower(), named


def test_what_is_typed_before_the_answer_to_a_click_came_does_not_take_the_click_back(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.page.add_init_script(SLOW_LINE)
    visit.go("/?view=paper&paper=1806.00242")
    visit.page.evaluate("window.late = 1500")
    visit.page.locator("button[aria-label^='Compare this paper']").first.click()
    box = visit.page.get_by_label("Paper", exact=True)  # of the page that is still to be seen
    box.fill("1712.02304")
    box.press("Enter")
    visit.page.wait_for_timeout(4000)
    visit.page.evaluate("window.late = 0")
    visit.settle()
    assert view(visit) == ("compare", "compare")
    visit.check()


def test_a_page_that_is_drawn_between_pressing_and_letting_go_does_not_lose_the_click(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.page.add_init_script(SLOW_LINE)
    visit.go("/?view=paper&paper=1806.00242")
    visit.page.evaluate("window.late = 700")
    visit.page.locator("button.say").nth(1).click()
    button = visit.page.locator("button[aria-label^='Write code for']")
    place = button.bounding_box()
    visit.page.mouse.move(place["x"] + 5, place["y"] + 5)
    visit.page.mouse.down()
    visit.page.wait_for_timeout(1800)  # the sentence comes meanwhile
    assert visit.page.locator(".paragraph").count() == 0
    visit.page.mouse.up()
    visit.page.evaluate("window.late = 0")
    visit.page.wait_for_selector(".listing")
    visit.settle()
    assert view(visit) == ("generate", "generate")
    visit.check()


def test_back_and_forward_of_the_browser_go_back_and_forward(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=paper&paper=1806.00242")
    visit.click("nav button:has-text('Lineage')")
    visit.click("nav button:has-text('Review')")
    seen = [view(visit)]
    for step in (visit.page.go_back, visit.page.go_back, visit.page.go_forward):
        step()
        visit.page.wait_for_timeout(300)
        visit.settle()
        seen.append(view(visit))
    assert seen == [("review", "review"), ("lineage", "lineage"), ("paper", "paper"), ("lineage", "lineage")]
    visit.click("nav button:has-text('Search')")
    assert view(visit) == ("search", "search")
    visit.check()
