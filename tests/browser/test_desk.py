"""Door two, with a caller on the line."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Served, Visit
from tests.web import clinic

WIDTHS = [360, 1280]


def open_desk(page: Page, served: Served) -> None:
    page.goto(f"{served.clinic}/desk")
    # The browser gives the focus a moment after the page has loaded.
    expect(page.get_by_label("What does the caller ask?")).to_be_focused()


def chosen(page: Page) -> str:
    return page.locator(".desk-hit.selected .desk-question").inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_results_come_while_one_types_and_the_first_is_open(visit: Visit, served: Served, width: int) -> None:
    page = visit(width).page
    open_desk(page, served)
    box = page.get_by_label("What does the caller ask?")
    page.keyboard.type("drive home ketamine infusion")
    say = page.locator(".say:visible")
    expect(say).to_have_text(clinic.DRIVE.say_this)
    expect(say).to_be_in_viewport()
    expect(page.locator("#desk-status")).to_have_text("5 answers")
    expect(page).to_have_url(f"{served.clinic}/desk")
    expect(box).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_arrows_choose_enter_opens_a_key_copies_and_escape_clears(
    visit: Visit, served: Served, width: int
) -> None:
    visitor = visit(width)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.page
    open_desk(page, served)
    box = page.get_by_label("What does the caller ask?")
    page.keyboard.type("drive home ketamine infusion")
    expect(page.locator("#desk-status")).to_have_text("5 answers")

    page.keyboard.press("ArrowUp")
    assert chosen(page) == "Can I drive home?"
    page.keyboard.press("ArrowDown")
    assert chosen(page) == "How well does ketamine work?"
    expect(page.locator("#desk-status")).to_have_text(f"How well does ketamine work? {clinic.WORKS.short}")
    expect(page.locator(".say:visible")).to_have_text(clinic.WORKS.short)
    expect(page.locator(".desk-panel:visible .disclosure")).to_have_text(
        "Say as well: Ketamine is not FDA-approved for depression. (FDA, 2023)"
    )

    answer = page.locator(".desk-hit.selected .full-answer .prose")
    expect(answer).to_be_hidden()
    page.keyboard.press("Enter")
    expect(answer).to_be_visible()
    expect(answer).to_have_text(clinic.WORKS.answer)
    page.keyboard.press("Enter")
    expect(answer).to_be_hidden()

    page.keyboard.press("Control+Enter")
    expect(page.locator("#desk-status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "Ketamine helps as many as 70% of people. Ketamine is not FDA-approved for depression."
    )

    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(page.locator(".desk-hit")).to_have_count(0)
    expect(box).to_be_focused()


def test_a_click_on_a_question_opens_it_and_the_button_copies(visit: Visit, served: Served) -> None:
    visitor = visit()
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.page
    open_desk(page, served)
    page.keyboard.type("drive home ketamine infusion")
    page.get_by_role("link", name="How long does an infusion take?").click()
    expect(page.locator(".say:visible")).to_have_text("An infusion takes 40 minutes.")
    page.get_by_role("button", name="Copy what to say").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "An infusion takes 40 minutes."


@pytest.mark.parametrize("width", WIDTHS)
def test_a_caller_in_danger_brings_the_call_card_while_one_types(
    visit: Visit, served: Served, width: int
) -> None:
    page = visit(width).page
    open_desk(page, served)
    page.keyboard.type(clinic.CRISIS_QUERY)
    card = page.get_by_role("region", name="The caller may be in crisis")
    expect(card).to_be_in_viewport()
    expect(page.locator(".desk-hit")).to_have_count(5)


@pytest.mark.parametrize("width", WIDTHS)
def test_without_scripts_the_form_brings_every_answer_open(visit: Visit, served: Served, width: int) -> None:
    visitor = visit(width, javascript=False)
    visitor.search(f"{served.clinic}/desk", "drive home ketamine infusion")
    page = visitor.page
    expect(page.locator(".say:visible")).to_have_count(5)
    expect(page.locator(".keys")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy what to say")).to_have_count(0)
    page.locator(".desk-hit summary").first.click()
    expect(page.locator(".full-answer .prose").first).to_have_text(clinic.DRIVE.answer)


def test_a_line_that_breaks_says_so(visit: Visit, served: Served) -> None:
    page = visit().page
    open_desk(page, served)
    page.route("**/desk", lambda route: route.abort())
    page.keyboard.type("drive")
    expect(page.get_by_role("alert")).to_contain_text("The search does not answer right now")
    page.unroute("**/desk")
    page.keyboard.type(" home")
    expect(page.locator(".say:visible")).to_have_text(clinic.DRIVE.say_this)


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(visit: Visit, served: Served) -> None:
    page = visit().page
    open_desk(page, served)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.post_data == "q=music":
            held.append(route)
        else:
            route.continue_()

    page.route("**/desk", hold_the_first)
    box = page.get_by_label("What does the caller ask?")
    with page.expect_request("**/desk"):
        box.fill("music")
    # It is given up at once: nobody waits for it any more.
    with page.expect_event("requestfailed", lambda request: request.post_data == "q=music"):
        box.fill("drive")
    expect(page.locator(".say:visible")).to_have_text(clinic.DRIVE.say_this)
    assert [route.request.post_data for route in held] == ["q=music"]


def test_while_the_index_is_rebuilt_the_card_still_comes(visit: Visit, served: Served) -> None:
    visitor = visit()
    page = visitor.page
    open_desk(page, served)
    # The page was opened before the index went away.
    page.route(
        "**/desk",
        lambda route: route.fulfill(
            response=route.fetch(url=f"{served.rebuilding}/desk", post_data=route.request.post_data_buffer)
        ),
    )
    page.keyboard.type(clinic.CRISIS_QUERY)
    expect(page.get_by_role("region", name="The caller may be in crisis")).to_be_visible()
    expect(page.get_by_role("heading", name="The answers are being rebuilt")).to_be_visible()
