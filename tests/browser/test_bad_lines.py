"""Without a line, without images, large print, a voice: what people bring along."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served, Visit, overflow
from tests.web import clinic


def test_without_a_line_whom_to_call_is_there_and_nothing_that_was_searched(
    visit: Visit, served: Served
) -> None:
    visitor = visit(360, workers="allow")
    page = visitor.page
    page.goto(served.clinic)
    page.evaluate("navigator.serviceWorker.ready")
    visitor.search(served.clinic, "drive")
    page.get_by_role("link", name="Can I drive home?").click()
    expect(page.locator(".prose")).to_have_text(clinic.DRIVE.answer)
    kept = page.evaluate(
        """async () => {
          const names = await caches.keys();
          const found = [];
          for (const name of names)
            for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
          return found.sort();
        }"""
    )
    assert kept == ["/es/offline", "/offline", "/static/icon.svg", "/static/site.css"]
    visitor.context.set_offline(True)
    page.goto(f"{served.clinic}/q/200001/how-well-does-ketamine-work")
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    expect(page.get_by_role("link", name="Call 988").first).to_be_visible()
    expect(page.get_by_role("link", name="Call us: 617-555-0100")).to_be_visible()
    page.goto(f"{served.clinic}/es/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sin conexión")
    # What the browser says of requests that the test took the line from.
    visitor.complaints.clear()


@pytest.mark.parametrize("width", [320, 640])
def test_text_at_twice_its_size_still_fits_and_searches(visit: Visit, served: Served, width: int) -> None:
    visitor = visit(width)
    page = visitor.page
    page.goto(served.clinic)
    # What a browser's setting for larger text does; zoom by 200% makes 640 px of a window of 1280.
    size = "html => { html.style.fontSize = '200%'; }" if width == 640 else "html => html"
    page.locator("html").evaluate(size)
    page.get_by_label("Your question").fill("drive")
    page.get_by_role("button", name="Search").click()
    page.locator("html").evaluate(size)
    expect(page.get_by_role("link", name="Can I drive home?")).to_be_visible()
    assert overflow(page) == 0


def test_without_images_nothing_is_missing(visit: Visit, served: Served) -> None:
    visitor = visit(360)
    page = visitor.page
    visitor.context.route(re.compile(r"\.(svg|png|jpe?g|webp|gif|woff2)"), lambda route: route.abort())
    visitor.search(served.clinic, clinic.CRISIS_QUERY)
    expect(page.get_by_role("link", name="Call 988").first).to_be_visible()
    page.get_by_role("link", name="How long does an infusion take?").first.click()
    expect(page.locator(".prose")).to_have_text(clinic.LONG.answer)
    page.get_by_role("link", name="Read it in its place").click()
    expect(page.locator("mark")).to_have_text(clinic.LONG.answer)
    page.get_by_role("link", name="Tiny Clinic").first.click()
    expect(page.get_by_label("Your question")).to_be_visible()


def test_a_page_does_not_move_under_the_finger(visit: Visit, served: Served) -> None:
    page = visit(360).page
    for path in ("/", "/q/200002/can-i-drive-home", "/articles/infusions"):
        page.goto(served.clinic + path)
        shift = page.evaluate(
            """() => new Promise((resolve) => {
              let sum = 0;
              new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
                .observe({ type: "layout-shift", buffered: true });
              requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
            })"""
        )
        assert shift == 0, path


VOICE = """
  const said = [];
  globalThis.said = said;
  const voice = { name: "Here", lang: "en-US", localService: LOCAL, default: true, voiceURI: "here" };
  const speech = { getVoices: () => [voice], cancel() {}, speak: (one) => said.push([one.text, one.lang]), addEventListener() {} };
  Object.defineProperty(globalThis, "speechSynthesis", { value: speech });
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } addEventListener() {} };
"""


@pytest.mark.parametrize("where", ["device", "elsewhere", "nowhere"])
def test_an_answer_is_read_aloud_by_a_voice_of_the_device_only(
    visit: Visit, served: Served, where: str
) -> None:
    page = visit(360).page
    script = VOICE.replace("LOCAL", str(where == "device").lower())
    page.add_init_script("delete globalThis.speechSynthesis;" if where == "nowhere" else script)
    page.goto(f"{served.clinic}/q/200002/can-i-drive-home")
    button = page.get_by_role("button", name="Listen")
    if where != "device":
        expect(button).to_have_count(0)
        return
    button.click()
    assert page.evaluate("said") == [[f"Can I drive home?\n{clinic.DRIVE.answer}", "en"]]
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_patient_says_that_an_answer_helped(visit: Visit, served: Served, javascript: bool) -> None:
    page = visit(360, javascript=javascript).page
    page.goto(f"{served.clinic}/es/q/200002/can-i-drive-home")
    page.get_by_text("Diga por qué (opcional)").click()
    page.get_by_label("¿Por qué?").fill("Claro y corto.")
    page.get_by_role("button", name="Sí").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gracias")
    page.get_by_role("link", name="Volver a la respuesta").click()
    expect(page).to_have_url(f"{served.clinic}/es/q/200002/can-i-drive-home")
