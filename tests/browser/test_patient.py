"""Door one, as people use it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, Visit
from tests.web import clinic

WIDTHS = [320, 768, 1280]
BOTH = [pytest.param(True, id="scripts"), pytest.param(False, id="no-scripts")]


# Every width, and both with and without scripts: no layout depends on a script, and no script on the layout.
@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(320, True, id="320-scripts"),
        pytest.param(768, False, id="768-no-scripts"),
        pytest.param(1280, True, id="1280-scripts"),
    ],
)
def test_a_patient_asks_reads_looks_it_up_and_comes_back(
    visit: Visit, served: Served, width: int, javascript: bool
) -> None:
    page = visit(width, javascript=javascript).page
    page.goto(served.clinic)
    page.get_by_label("Your question").fill("can I drive afterwards?")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(f"{served.clinic}/search")
    first = page.locator(".hit").first
    expect(first.locator("mark")).to_have_text("drive")
    expect(first).to_contain_text("Reviewed by A. Clinician on February 3, 2026")

    first.get_by_role("link", name="Can I drive home?").click()
    expect(page).to_have_url(f"{served.clinic}/q/200002/can-i-drive-home")
    expect(page.get_by_role("heading", level=1)).to_have_text("Can I drive home?")
    expect(page.locator(".prose")).to_have_text(clinic.DRIVE.answer)

    page.get_by_role("link", name="Read it in its place").click()
    expect(page.locator("#e-200002")).to_be_in_viewport()
    expect(page.locator("mark")).to_have_text(clinic.DRIVE.answer)

    # Back, without being asked whether to send the form again.
    page.go_back()
    page.go_back()
    expect(page).to_have_url(f"{served.clinic}/search")
    expect(page.get_by_label("Your question")).to_have_value("can I drive afterwards?")
    expect(page.locator(".hit").first.locator("mark")).to_have_text("drive")


@pytest.mark.parametrize("javascript", BOTH)
def test_someone_in_danger_sees_whom_to_call_before_anything_else(
    visit: Visit, served: Served, javascript: bool
) -> None:
    visitor = visit(javascript=javascript)
    visitor.search(served.clinic, clinic.CRISIS_QUERY)
    card = visitor.page.get_by_role("region", name="You can get help right now")
    hits = visitor.page.locator(".hit")
    expect(hits).to_have_count(5)
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        expect(card).to_be_in_viewport()
        expect(card.get_by_role("link", name="Call 988")).to_be_in_viewport()
        card_box, hit_box = card.bounding_box(), hits.first.bounding_box()
        assert card_box and hit_box
        assert card_box["y"] + card_box["height"] < hit_box["y"]


def tabs_to(page: Page, words: str) -> int:
    """Press Tab until what has the focus says `words`, and shows that it has; return how many presses it took."""
    for presses in range(1, 60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
              const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
              const row = getComputedStyle(document.activeElement.parentElement);
              const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
              return [document.activeElement.textContent.trim(), seen || row.outlineStyle !== "none"];
            }"""
        )
        assert focused[1], f"nothing shows that {focused[0]!r} has the focus"
        if focused[0].startswith(words):
            return presses
    raise AssertionError(f"no Tab leads to {words!r}")


@pytest.mark.parametrize("javascript", BOTH)
def test_a_patient_reads_spanish_pages_and_changes_the_language_of_the_results(
    visit: Visit, served: Served, javascript: bool
) -> None:
    page = visit(360, javascript=javascript).page
    page.goto(served.clinic)
    page.get_by_role("link", name="Español").click()
    expect(page).to_have_url(f"{served.clinic}/es/")
    page.get_by_label("Su pregunta").fill("drive home")
    page.get_by_role("button", name="Buscar").click()
    expect(page).to_have_url(f"{served.clinic}/es/search")
    expect(page.locator(".hit").first).to_contain_text("Esta respuesta está en inglés")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(f"{served.clinic}/search")
    expect(page.get_by_label("Your question")).to_have_value("drive home")
    page.get_by_role("button", name="Español").click()
    page.get_by_role("link", name="Can I drive home?").first.click()
    expect(page).to_have_url(f"{served.clinic}/es/q/200002/can-i-drive-home")
    expect(page.locator("article.entry")).to_have_attribute("lang", "en")
    page.go_back()
    expect(page).to_have_url(f"{served.clinic}/es/search")
    expect(page.get_by_label("Su pregunta")).to_have_value("drive home")
    expect(page.get_by_role("link", name="Can I drive home?").first).to_be_visible()


@pytest.mark.parametrize("javascript", BOTH)
def test_a_stale_or_wrong_link_leads_on(visit: Visit, served: Served, javascript: bool) -> None:
    page = visit(360, javascript=javascript).page
    gone = page.goto(f"{served.clinic}/q/100010/x")
    assert gone is not None and gone.status == 410
    page.get_by_role("link", name="How long does an infusion take?").click()
    expect(page).to_have_url(f"{served.clinic}/q/200004/how-long-does-an-infusion-take")
    unknown = page.goto(f"{served.clinic}/q/999999/x")
    assert unknown is not None and unknown.status == 404
    page.get_by_label("Your question").fill("music")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="May I bring music?").first).to_be_visible()
    # The question was reworded since: the old link still leads there.
    page.goto(f"{served.clinic}/q/200002/may-i-go-home-by-car")
    expect(page).to_have_url(f"{served.clinic}/q/200002/can-i-drive-home")


@pytest.mark.parametrize("javascript", BOTH)
def test_topics_lead_to_an_answer_and_the_contents_of_its_article(
    visit: Visit, served: Served, javascript: bool
) -> None:
    page = visit(320, javascript=javascript).page
    page.goto(served.clinic)
    page.get_by_role("link", name="Browse by topic").click()
    page.get_by_role("link", name="Ketamine infusions").click()
    page.get_by_role("link", name="What should I bring?").click()
    page.get_by_role("link", name="Read it in its place").click()
    page.get_by_text("Questions this article answers").click()
    page.get_by_role("link", name="May I bring music?").click()
    expect(page).to_have_url(f"{served.clinic}/q/200005/may-i-bring-music")


def test_the_keyboard_alone_is_enough(visit: Visit, served: Served) -> None:
    page = visit().page
    page.goto(served.clinic)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("drive home ketamine infusion")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.clinic}/search")
    assert tabs_to(page, "More answers (2)") < 20
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).to_have_count(5)
    expect(page.locator(".hit").nth(4)).to_be_visible()
    tabs_to(page, page.locator(".hit h3").nth(4).inner_text())
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(f"{served.clinic}/search")
    tabs_to(page, "Say why (optional)")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Clear and short.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="No", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    tabs_to(page, "Back to the answer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Yes")).to_be_visible()


def test_ten_thousand_characters_pasted_are_searched(visit: Visit, served: Served) -> None:
    visitor = visit()
    letter = "Can I drive home? " + "I have thought about this for many days. " * 250
    assert len(letter) > 10_000
    visitor.search(served.clinic, letter)
    expect(visitor.page.get_by_label("Your question")).to_have_value(letter)
    expect(visitor.page.get_by_role("link", name="Can I drive home?")).to_be_visible()
