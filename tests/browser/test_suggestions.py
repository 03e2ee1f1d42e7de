"""Questions suggested while one types, on the page and in the element alike."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Served, Visit, overflow, violations
from tests.web import clinic

# Where the box stands, and what its label is.
BOXES = {"page": "Your question", "element": "Ask the clinic"}


def open_box(page: Page, served: Served, where: str) -> None:
    page.goto(served.clinic if where == "page" else served.host)
    page.get_by_label(BOXES[where]).click()


@pytest.mark.parametrize("where", BOXES)
def test_arrows_choose_among_suggestions_and_the_focus_stays_in_the_box(
    visit: Visit, served: Served, where: str
) -> None:
    page = visit(360).page
    open_box(page, served, where)
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("how")
    options = page.get_by_role("option")
    expect(options).to_have_text(["How well does ketamine work?", "How long does an infusion take?"])
    expect(page.get_by_role("status").filter(has_text="2 suggestions")).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []

    def chosen() -> list[str]:
        """The texts of the options that are selected; the box names the same one as active."""
        selected = [one.inner_text() for one in page.get_by_role("option", selected=True).all()]
        active = box.get_attribute("aria-activedescendant")
        assert bool(active) == bool(selected)
        return selected

    assert chosen() == []
    for key, text in (
        ("ArrowDown", ["How well does ketamine work?"]),
        ("ArrowDown", ["How long does an infusion take?"]),
        ("ArrowDown", []),
        ("ArrowUp", ["How long does an infusion take?"]),
        ("ArrowUp", ["How well does ketamine work?"]),
    ):
        page.keyboard.press(key)
        assert chosen() == text
        expect(box).to_be_focused()
    expect(box).to_have_value("how")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("how")
    page.keyboard.press("ArrowDown")
    assert chosen() == ["How well does ketamine work?"]


def test_enter_opens_the_answer_and_back_finds_the_box_as_it_was(visit: Visit, served: Served) -> None:
    page = visit(360).page
    page.goto(served.clinic)
    page.get_by_label("Your question").click()
    page.keyboard.type("drive")
    expect(page.get_by_role("option")).to_have_text(["Can I drive home?"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.clinic}/q/200002/can-i-drive-home")
    page.go_back()
    expect(page).to_have_url(f"{served.clinic}/")
    expect(page.get_by_label("Your question")).to_have_value("drive")
    expect(page.get_by_role("option")).to_have_text(["Can I drive home?"])


def test_enter_without_a_choice_searches_for_what_was_typed(visit: Visit, served: Served) -> None:
    page = visit().page
    page.goto(served.clinic)
    page.get_by_label("Your question").click()
    page.keyboard.type("drive")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.clinic}/search")
    expect(page.get_by_label("Your question")).to_have_value("drive")


@pytest.mark.parametrize("where", BOXES)
def test_a_term_is_completed_and_searched_for(visit: Visit, served: Served, where: str) -> None:
    page = visit(360).page
    open_box(page, served, where)
    box = page.get_by_role("combobox")
    page.keyboard.type("keta")
    options = page.get_by_role("option")
    expect(options).to_have_text(
        ["ketamine Search for this", "How well does ketamine work?", "Can I drive home?"]
    )
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="ketamine Search for this", selected=True)).to_have_count(1)
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="How well does ketamine work?")).to_be_visible()
    expect(page).to_have_url(f"{served.clinic}/search" if where == "page" else f"{served.host}/")
    expect(box).to_have_value("ketamine")
    expect(options).to_have_count(0)


def test_a_term_says_in_spanish_what_choosing_it_does(visit: Visit, served: Served) -> None:
    page = visit(360).page
    page.goto(f"{served.clinic}/es/")
    page.get_by_label("Su pregunta").click()
    page.keyboard.type("keta")
    term = page.get_by_role("listbox", name="Sugerencias").get_by_role("option", name="ketamine Buscar esto")
    expect(term.get_by_text("ketamine")).to_have_attribute("lang", "en")
    term.click()
    expect(page).to_have_url(f"{served.clinic}/es/search")
    expect(page.get_by_label("Su pregunta")).to_have_value("ketamine")


def test_a_suggestion_is_pressed_with_a_finger(visit: Visit, served: Served) -> None:
    page = visit(360).page
    page.goto(f"{served.clinic}/es/")
    page.get_by_label("Su pregunta").click()
    page.keyboard.type("drive")
    option = page.get_by_role("option")
    expect(option).to_have_attribute("lang", "en")
    option.click()
    expect(page).to_have_url(f"{served.clinic}/es/q/200002/can-i-drive-home")


def test_the_element_opens_an_answer_beside_the_hosts_page(visit: Visit, served: Served) -> None:
    visitor = visit()
    page = visitor.page
    open_box(page, served, "element")
    page.keyboard.type("drive")
    with visitor.context.expect_page() as opened:
        page.get_by_role("option").click()
    expect(opened.value).to_have_url(f"{served.clinic}/q/200002/can-i-drive-home")
    assert page.url == f"{served.host}/"


@pytest.mark.parametrize("where", BOXES)
def test_someone_in_danger_sees_the_card_while_typing_and_nothing_is_suggested(
    visit: Visit, served: Served, where: str
) -> None:
    page = visit(320).page
    open_box(page, served, where)
    page.keyboard.type(clinic.CRISIS_QUERY)
    card = page.get_by_role("region", name="You can get help right now")
    expect(card.get_by_role("link", name="Call 988")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="You can get help right now")).to_have_count(1)
    assert violations(page) == []
    # The frame beside the element has a width of its own.
    assert where == "element" or overflow(page) == 0
    page.get_by_role("combobox").fill("may i")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(card).to_have_count(0)


def test_a_spanish_question_in_danger_shows_the_spanish_card_first(visit: Visit, served: Served) -> None:
    page = visit(360).page
    page.goto(served.clinic)
    page.get_by_label("Your question").click()
    page.keyboard.type("quiero morir esta noche")
    cards = page.locator("section.card")
    expect(cards.locator("h2")).to_have_text(
        ["Puede recibir ayuda ahora mismo", "You can get help right now"]
    )
    expect(cards.first).to_have_attribute("lang", "es")
    assert violations(page) == []


def test_suggestions_that_come_late_do_not_replace_newer_ones(visit: Visit, served: Served) -> None:
    page = visit().page
    page.goto(served.clinic)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if (route.request.post_data or "").startswith("q=may"):
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/v1/suggest", hold_the_first)
    box = page.get_by_label("Your question")
    with page.expect_request("**/api/v1/suggest"):
        box.fill("may")
    # It is given up at once: nobody waits for it any more.
    with page.expect_event("requestfailed", lambda request: (request.post_data or "").startswith("q=may")):
        box.fill("drive")
    expect(page.get_by_role("option")).to_have_text(["Can I drive home?"])
    assert len(held) == 1


def test_without_suggestions_the_box_still_searches(visit: Visit, served: Served) -> None:
    page = visit().page
    page.goto(served.clinic)
    page.route("**/api/v1/suggest", lambda route: route.abort())
    page.get_by_label("Your question").click()
    page.keyboard.type("drive")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Can I drive home?")).to_be_visible()
