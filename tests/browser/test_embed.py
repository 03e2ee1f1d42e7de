"""Door three: a page of another site, under its own strict policy."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, Visit, violations
from tests.web import clinic

WIDTHS = [360, 1280]


def ask_element(page: Page, query: str) -> None:
    page.get_by_label("Ask the clinic").fill(query)
    page.get_by_label("Ask the clinic").press("Enter")


def test_the_element_searches_and_shows_what_the_pages_show(visit: Visit, served: Served) -> None:
    page = visit(360).page
    page.goto(served.host)
    element = page.locator("kb-search")
    expect(page.get_by_label("Ask the clinic")).to_have_attribute("placeholder", "Can I drive home?")
    ask_element(page, "drive home ketamine infusion")
    expect(element.get_by_role("status")).to_have_text("5 answers")
    second = element.get_by_role("listitem").nth(1)
    link = second.get_by_role("link", name="How well does ketamine work?")
    expect(link).to_have_attribute("href", f"{served.clinic}/q/200001/how-well-does-ketamine-work")
    expect(second.locator("mark")).to_have_text("Ketamine")
    expect(second).to_contain_text("Ketamine is not FDA-approved for depression. (FDA, 2023)")
    expect(second).to_contain_text("Source: Ketamine infusions · Not yet reviewed by a clinician")
    expect(element.locator(".hit:visible")).to_have_count(3)
    element.get_by_text("More answers").click()
    expect(element.locator(".hit:visible")).to_have_count(5)
    assert page.url == f"{served.host}/"


def test_the_element_shows_a_list_as_a_list(visit: Visit, served: Served) -> None:
    page = visit(360).page
    page.goto(served.host)
    ask_element(page, "medicines and socks")
    items = page.locator("kb-search .sentence > ul > li")
    expect(items).to_have_text(["A list of your medicines.", "Warm socks for the infusion."])
    expect(items.nth(1).locator("mark")).to_have_text("socks")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []


def test_the_element_shows_the_card_between_box_and_results(visit: Visit, served: Served) -> None:
    page = visit().page
    page.goto(served.host)
    element = page.locator("kb-search")
    ask_element(page, clinic.CRISIS_QUERY)
    card = element.get_by_role("region", name="You can get help right now")
    expect(card).to_be_visible()
    assert [link.get_attribute("href") for link in card.get_by_role("link").all()] == [
        "tel:988",
        "sms:988",
        "https://988lifeline.org",
        "tel:911",
        "tel:8337732445",
        "sms:8337732445",
    ]
    expect(element.locator(".hit:visible")).to_have_count(3)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        card_box, hit_box = card.bounding_box(), element.locator(".hit").first.bounding_box()
        assert card_box and hit_box
        assert card_box["y"] + card_box["height"] <= hit_box["y"]

    for query in (clinic.MEANS_QUERY, "I want to die"):
        ask_element(page, query)
        expect(element.get_by_role("listitem")).to_have_count(0)
        expect(element.get_by_role("status")).to_have_text("")
        expect(card).to_be_visible()

    ask_element(page, "drive")
    expect(element.get_by_role("listitem")).to_have_count(1)
    expect(card).to_have_count(0)


def test_the_element_is_used_by_keyboard_alone(visit: Visit, served: Served) -> None:
    page = visit().page
    page.goto(served.host)
    page.locator("kb-search").get_by_role("button").wait_for()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Ask the clinic")).to_be_focused()
    page.keyboard.type("drive")
    page.keyboard.press("Enter")
    link = page.locator("kb-search").get_by_role("link", name="Can I drive home?")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()


def test_the_element_says_how_it_read_a_word_and_searches_as_it_was_typed(
    visit: Visit, served: Served
) -> None:
    page = visit(360).page
    page.goto(served.host)
    element = page.locator("kb-search")
    ask_element(page, "does ketamin work")
    expect(element).to_contain_text("Also searched for: ketamine (you typed “ketamin”)")
    assert violations(page) == []
    element.get_by_role("button", name="Search instead for “does ketamin work”").press("Enter")
    expect(element).not_to_contain_text("Also searched for")
    expect(element.get_by_role("status")).to_contain_text("answer")
    expect(page.get_by_label("Ask the clinic")).to_be_focused()
    # The next question is read as ever.
    ask_element(page, "does ketamin work")
    expect(element).to_contain_text("Also searched for: ketamine")


def test_the_element_asks_which_of_two_medicines_is_meant(visit: Visit, served: Served) -> None:
    page = visit(360).page
    page.goto(served.host)
    element = page.locator("kb-search")
    ask_element(page, "an infusion with Hydrolázine?")
    expect(element).to_contain_text("“hydrolazine” may be one of these. Which do you mean?")
    assert violations(page) == []
    element.get_by_role("button", name="hydroxyzine").press("Enter")
    expect(element).not_to_contain_text("Which do you mean?")
    expect(page.get_by_label("Ask the clinic")).to_have_value("an infusion with hydroxyzine?")
    expect(page.get_by_label("Ask the clinic")).to_be_focused()


def test_the_element_says_whom_to_call_when_the_search_is_away(visit: Visit, served: Served) -> None:
    page = visit().page
    page.goto(served.host)
    element = page.locator("kb-search")
    page.route("**/api/v1/search", lambda route: route.abort())
    ask_element(page, "drive")
    expect(element.get_by_role("status")).to_have_text("The search does not answer right now.")
    expect(element.get_by_role("link", name="Call us: 617-555-0100")).to_have_attribute(
        "href", "tel:6175550100"
    )
    expect(element.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_frame_searches_in_itself_with_and_without_scripts(
    visit: Visit, served: Served, javascript: bool
) -> None:
    page = visit(360, javascript=javascript).page
    page.goto(served.host)
    frame = page.frame_locator("iframe")
    frame.get_by_label("Your question").fill(clinic.CRISIS_QUERY)
    frame.get_by_role("button", name="Search").click()
    expect(frame.get_by_role("region", name="You can get help right now")).to_be_visible()
    expect(frame.locator(".hit")).to_have_count(5)
    assert page.url == f"{served.host}/"


HOSTILE = """
  html { font-size: 30px; }
  body { background: #111; color: #fff; text-transform: uppercase; letter-spacing: 0.3em; line-height: 0.8; }
  * { color: #fff; background: #fff; font: italic 30px/0.7 cursive; padding: 0; border: 0; text-align: right;
    white-space: nowrap; text-indent: 3em; word-spacing: 1em; cursor: wait; --ink: #fff; --danger: #fff; }
"""

LOOK = """() => {
  const root = document.querySelector("kb-search").shadowRoot;
  return [...root.querySelectorAll("*")].map((one) => {
    const style = getComputedStyle(one);
    return [one.tagName, one.className, ...[...style].map((name) => `${name}: ${style.getPropertyValue(name)}`)];
  });
}"""


def with_styles(page: Page, styles: str) -> None:
    """Give the host's page these styles, as its own policy lets its scripts do."""
    page.evaluate(
        "styles => { const sheet = new CSSStyleSheet(); sheet.replaceSync(styles);"
        " document.adoptedStyleSheets = [sheet]; }",
        styles,
    )


def test_the_styles_of_the_hosts_page_change_nothing_in_the_element(visit: Visit, served: Served) -> None:
    page = visit().page
    page.goto(served.host)
    for query in ("does ketamin work", clinic.CRISIS_QUERY):
        ask_element(page, query)
        expect(page.locator("kb-search li h2").first).to_be_visible()
        expect(page.locator("kb-search").get_by_role("status")).to_contain_text("answer")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            with_styles(page, "")
            before = page.evaluate(LOOK)
            with_styles(page, HOSTILE)
            assert page.evaluate(LOOK) == before
    with_styles(page, "kb-search { visibility: hidden; }")
    expect(page.get_by_label("Ask the clinic")).to_be_hidden()


def test_the_hosts_page_is_accessible_with_both(visit: Visit, served: Served) -> None:
    page = visit(360).page
    page.goto(served.host)
    for query in ("drive home ketamine infusion", clinic.CRISIS_QUERY, "zebra"):
        ask_element(page, query)
        expect(page.locator("kb-search").get_by_role("status")).not_to_have_text("Searching …")
        assert violations(page) == []


def test_a_site_that_is_not_listed_gets_neither(visit: Visit, served: Served) -> None:
    visitor = visit()
    page = visitor.page
    page.goto(served.stranger)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("customElements.get('kb-search') === undefined")
    assert page.frames[1].url == "chrome-error://chromewebdata/"
    # Chromium says why, once for each, in the order in which they came back.
    assert sorted(text.split("'")[0] for text in visitor.complaints) == [
        "Access to script at ",
        "Framing ",
    ]
    visitor.complaints.clear()
