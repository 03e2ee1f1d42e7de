"""Door one, as people use it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served, Visit, cut_off, overflow, violations
from tests.web import clinic

WIDTHS = [360, 1280]
BOTH = [pytest.param(True, id="scripts"), pytest.param(False, id="no-scripts")]


@pytest.mark.parametrize("javascript", BOTH)
@pytest.mark.parametrize("width", WIDTHS)
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
@pytest.mark.parametrize("width", WIDTHS)
def test_someone_in_danger_sees_whom_to_call_before_anything_else(
    visit: Visit, served: Served, width: int, javascript: bool
) -> None:
    visitor = visit(width, javascript=javascript)
    visitor.search(served.clinic, clinic.CRISIS_QUERY)
    card = visitor.page.get_by_role("region", name="You can get help right now")
    expect(card).to_be_in_viewport()
    expect(card.get_by_role("link", name="Call 988")).to_be_in_viewport()
    hits = visitor.page.locator(".hit")
    expect(hits).to_have_count(4)
    card_box, hit_box = card.bounding_box(), hits.first.bounding_box()
    assert card_box and hit_box
    assert card_box["y"] + card_box["height"] < hit_box["y"]


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
    more = page.get_by_text("More answers (2)")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).to_have_count(5)
    expect(page.locator(".hit").nth(4)).to_be_visible()


def test_ten_thousand_characters_pasted_are_searched(visit: Visit, served: Served) -> None:
    visitor = visit()
    letter = "Can I drive home? " + "I have thought about this for many days. " * 250
    assert len(letter) > 10_000
    visitor.search(served.clinic, letter)
    expect(visitor.page.get_by_label("Your question")).to_have_value(letter)
    expect(visitor.page.get_by_role("link", name="Can I drive home?")).to_be_visible()


# State of the site: what leads there.
STATES = {
    "home": ("/", None),
    "results": ("/", "drive home ketamine infusion"),
    "crisis": ("/", clinic.CRISIS_QUERY),
    "emergency": ("/", clinic.EMERGENCY_QUERY),
    "means": ("/", clinic.MEANS_QUERY),
    "nothing": ("/", "zebra"),
    "entry": ("/q/200001/how-well-does-ketamine-work", None),
    "list": ("/q/200003/what-should-i-bring", None),
    "home in spanish": ("/es/", None),
    "results in spanish": ("/es/", "ketamine"),
    "crisis in both": ("/es/", "quiero morir esta noche, una infusion de ketamina"),
    "crisis in spanish": ("/", "quiero morir esta noche"),
    "entry in spanish": ("/es/q/200001/how-well-does-ketamine-work", None),
    "spanish": ("/q/FAQ-7/puedo-comer-antes", None),
    "article": ("/articles/infusions?entry=200002", None),
    "topics": ("/topics", None),
    "topic in spanish": ("/es/topics/ketamine-infusions", None),
    "about": ("/about", None),
    "about in spanish": ("/es/about", None),
    "offline": ("/offline", None),
    "withdrawn": ("/q/100010/x", None),
    "unknown": ("/q/999999/x", None),
    "desk": ("/desk", "drive home ketamine infusion"),
    "desk crisis": ("/desk", clinic.CRISIS_QUERY),
    "desk nothing": ("/desk", "zebra"),
    "embed": ("/embed", "drive home ketamine infusion"),
    "embed crisis": ("/embed", clinic.CRISIS_QUERY),
    "embed entry": ("/embed?entry=200001", None),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_state_is_accessible_and_fits_its_window(
    visit: Visit, served: Served, width: int, scheme: str
) -> None:
    visitor = visit(width, scheme=scheme)
    faults = {}
    for state, (path, query) in STATES.items():
        if query is None:
            visitor.page.goto(served.clinic + path)
        else:
            visitor.search(served.clinic + path, query)
        found = violations(visitor.page)
        if overflow(visitor.page) > 0:
            found.append(f"wider than the window by {overflow(visitor.page)} px")
        found += [f"cut off: {words}" for words in cut_off(visitor.page)]
        if found:
            faults[state] = found
    for path in ("/desk", "/embed"):
        visitor.search(served.rebuilding + path, clinic.CRISIS_QUERY)
        if found := violations(visitor.page):
            faults[f"rebuilding {path}"] = found
    visitor.page.goto(served.rebuilding)
    if found := violations(visitor.page):
        faults["rebuilding"] = found
    assert faults == {}
