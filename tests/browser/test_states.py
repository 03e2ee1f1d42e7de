"""Every state of every page: accessible by WCAG 2.2 AA, no wider than its window, each target as large as a finger."""

from collections.abc import Callable
from typing import Literal

from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, Visit, Visitor, cut_off, overflow, violations
from tests.web import clinic

# State of the site: what leads there, by address and question.
STATES = {
    "home": ("/", None),
    "results": ("/", "drive home ketamine infusion"),
    "misspelled": ("/", "ketamine infuison"),
    "not covered": ("/", "ketamine infusion for horses and zebras"),
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
    "article in spanish": ("/es/articles/infusions?entry=200002", None),
    "topics": ("/topics", None),
    "topic": ("/topics/ketamine-infusions", None),
    "topic in spanish": ("/es/topics/ketamine-infusions", None),
    "about": ("/about", None),
    "about in spanish": ("/es/about", None),
    "offline": ("/offline", None),
    "withdrawn": ("/q/100010/x", None),
    "unknown": ("/q/999999/x", None),
    "unknown in spanish": ("/es/q/999999/x", None),
}
ELSEWHERE = {
    "desk": ("/desk", "drive home ketamine infusion"),
    "desk crisis": ("/desk", clinic.CRISIS_QUERY),
    "desk nothing": ("/desk", "zebra"),
    "embed": ("/embed", "drive home ketamine infusion"),
    "embed crisis": ("/embed", clinic.CRISIS_QUERY),
    "embed entry": ("/embed?entry=200001", None),
}
# While there is no index.
REBUILDING = (("/", None), ("/es/", None), ("/desk", clinic.CRISIS_QUERY), ("/embed", clinic.CRISIS_QUERY))

COLOUR_RULES = ["color-contrast", "link-in-text-block"]
Scheme = Literal["light", "dark"]


def type_into_the_box(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Your question").press_sequentially("how")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)


def type_in_danger(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Your question").press_sequentially("I want to die")
    expect(page.get_by_role("region", name="You can get help right now")).to_be_visible()


def open_more(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=drive+home+ketamine+infusion")
    page.get_by_text("More answers").click()
    expect(page.locator(".hit").nth(4)).to_be_visible()


def open_contents(page: Page, address: str) -> None:
    page.goto(f"{address}/articles/infusions")
    page.get_by_text("Questions this article answers").click()
    expect(page.get_by_role("link", name="May I bring music?")).to_be_visible()


def open_reason(page: Page, address: str) -> None:
    page.goto(f"{address}/q/200002/can-i-drive-home")
    page.get_by_text("Say why (optional)").click()


def say_no(page: Page, address: str) -> None:
    page.goto(f"{address}/q/200002/can-i-drive-home")
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def tell_of_danger(page: Page, address: str) -> None:
    open_reason(page, address)
    page.get_by_label("Why?").fill("I want to die")
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_role("region", name="You can get help right now")).to_be_visible()


# States that someone must do something to see.
DONE: dict[str, Callable[[Page, str], None]] = {
    "typing": type_into_the_box,
    "typing in danger": type_in_danger,
    "more answers": open_more,
    "contents": open_contents,
    "reason": open_reason,
    "thanks": say_no,
    "thanks in danger": tell_of_danger,
}


def faults_of(page: Page) -> list[str]:
    found = violations(page)
    if overflow(page) > 0:
        found.append(f"wider than the window by {overflow(page)} px")
    return found + [f"cut off: {words}" for words in cut_off(page)]


def small_targets(page: Page) -> list[str]:
    """Return what is to be pressed and is less than 44 px high, or less wide than its words and 24 px.

    What stands in the text of an article is as high as its line.
    """
    found = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), summary, textarea, [role=option]")]
          .filter((one) => one.checkVisibility() && !one.closest(".prose, .skip"))
          .map((one) => [one, one.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.5 || box.width < 24)
          .map(([one, box]) => `${one.textContent.trim() || one.name}: ${Math.round(box.width)}x${Math.round(box.height)}`)
        """
    )
    assert isinstance(found, list)
    return found


def look_at(page: Page, width: int, scheme: Scheme, faults_in: Callable[[Page], list[str]]) -> list[str]:
    """Return what is wrong with what is open, in a window of this width and in these colours."""
    page.set_viewport_size({"width": width, "height": 800})
    # Colours that fade from one scheme to the other would be neither's.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    return [f"{width} px, {scheme}: {fault}" for fault in faults_in(page)]


def faults_at_every_width(page: Page) -> list[str]:
    """Return what is wrong with what is open, wide and narrow; what is dark differs in colours alone, at any width."""
    return [
        *look_at(page, 1280, "light", faults_of),
        *look_at(page, 320, "light", faults_of),
        *look_at(page, 320, "dark", lambda page: violations(page, COLOUR_RULES)),
    ]


def faults_for_a_patient(page: Page) -> list[str]:
    return faults_at_every_width(page) + look_at(page, 360, "light", small_targets)


def come_to(visitor: Visitor, address: str, query: str | None) -> None:
    if query is None:
        visitor.page.goto(address)
    else:
        visitor.search(address, query)


def test_every_page_of_a_patient_is_accessible_fits_and_is_pressed_with_a_finger(
    visit: Visit, served: Served
) -> None:
    visitor = visit()
    faults = {}
    for state, (path, query) in STATES.items():
        come_to(visitor, served.clinic + path, query)
        if found := faults_for_a_patient(visitor.page):
            faults[state] = found
    assert faults == {}


def test_what_a_patient_did_is_accessible_fits_and_is_pressed_with_a_finger(
    visit: Visit, served: Served
) -> None:
    page = visit().page
    faults = {}
    for state, act in DONE.items():
        act(page, served.clinic)
        if found := faults_for_a_patient(page):
            faults[state] = found
    assert faults == {}


def test_what_stands_elsewhere_and_what_stands_without_an_index_is_accessible_and_fits(
    visit: Visit, served: Served
) -> None:
    visitor = visit()
    faults = {}
    for state, (path, query) in ELSEWHERE.items():
        come_to(visitor, served.clinic + path, query)
        if found := faults_at_every_width(visitor.page):
            faults[state] = found
    for path, query in REBUILDING:
        come_to(visitor, served.rebuilding + path, query)
        if found := faults_at_every_width(visitor.page):
            faults[f"rebuilding {path}"] = found
    assert faults == {}


def test_with_colours_of_their_own_people_see_edges_and_what_is_chosen(visit: Visit, served: Served) -> None:
    page = visit(360, forced_colors="active").page
    type_into_the_box(page, served.clinic)
    chosen = page.get_by_role("option", selected=True).evaluate(
        "one => getComputedStyle(one).backgroundColor"
    )
    other = page.get_by_role("option").nth(1).evaluate("one => getComputedStyle(one).backgroundColor")
    assert chosen != other
    say_no(page, served.clinic)
    edge = page.get_by_role("button", name="Search").evaluate("one => getComputedStyle(one).borderTopStyle")
    assert edge == "solid"
    type_in_danger(page, served.clinic)
    assert faults_of(page) == []


def test_on_paper_stand_the_answer_its_source_and_its_address_alone(visit: Visit, served: Served) -> None:
    page = visit(794).page
    page.emulate_media(media="print")
    page.goto(f"{served.clinic}/q/200002/can-i-drive-home")
    shown = page.locator("main").inner_text().split("\n")
    assert [line for line in shown if line.strip()] == [
        "Can I drive home?",
        clinic.DRIVE.answer,
        "Source: Ketamine infusions",
        "Reviewed by A. Clinician on February 3, 2026",
        f"{served.clinic}/q/200002/can-i-drive-home",
    ]


def test_the_items_of_a_list_stand_on_lines_of_their_own(visit: Visit, served: Served) -> None:
    page = visit(360).page
    for path, shown in (("/", ".hit-sentence"), ("/desk", ".say")):
        page.goto(served.clinic + path)
        page.locator("#q").fill("medicines and socks")
        page.locator("#q").press("Enter")
        assert page.locator(shown).first.inner_text().split("\n") == [
            "A list of your medicines.",
            "Warm socks for the infusion.",
        ]
        assert faults_of(page) == []
