"""How fast the patient's page is as Chromium sees it: `python -m benchmarks.page_speed ADDRESS` of a running server.

- suggestions: from the last key to the first suggestion on the screen, the pause that spares keys included
- first visit: the bytes that it transfers, heads included, as they go over the line
- slow 3G: the same browser on a line of 400 kbit/s and 400 ms, each time a new visitor with nothing kept
"""

import json
import sys
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.counting import relay_to

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
KEYS_APART = 120  # ms, a fast typist

# The beginnings of questions as people type them; what they are about does not matter.
TYPED = (
    "what is ",
    "how do i ",
    "what are the symptoms of ",
    "how to prevent ",
    "who is at risk for ",
    "treatment for ",
)
MORE = ("a", "de", "hea", "can", "dia", "inf", "ast", "mig")

# As the browsers' own tools call it.
SLOW_3G = {
    "offline": False,
    "latency": 400,  # ms
    "downloadThroughput": 400_000 / 8,  # bytes a second
    "uploadThroughput": 400_000 / 8,
}
VISITS = 9
ASKED = "how well does it work"
IN_DANGER = "I want to die"

# Set in the page: when was the last key, and when did an option first stand in the list after it?
WATCH = """
  const box = document.querySelector("#q");
  let key = 0;
  globalThis.waited = null;
  box.addEventListener("input", () => { key = performance.now(); globalThis.waited = null; });
  new MutationObserver(() => {
    if (document.querySelector("[role=option]") && globalThis.waited === null)
      requestAnimationFrame(() => { globalThis.waited = performance.now() - key; });
  }).observe(document.querySelector("#suggestions"), { childList: true });
"""

# When the first words stood on the screen, counted from the press of Enter or the opening of the page (ms).
FIRST_PAINT = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.name === "first-contentful-paint") resolve(one.startTime);
  }).observe({ type: "paint", buffered: true });
})"""


def first_visit(browser: Browser, address: str) -> dict[str, int]:
    """Return the bytes of a first visit: all, and of those the ones of scripts and fonts, heads included.

    All is what goes over the line, with what the service worker fetches to keep for when there is none.
    """
    with relay_to(address) as relay:
        context = browser.new_context()
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        kinds: dict[str, str] = {}
        sizes: dict[str, int] = {}

        def note_kind(event: Any) -> None:
            kinds[event["requestId"]] = event["type"]

        def note_size(event: Any) -> None:
            sizes[event["requestId"]] = event["encodedDataLength"]

        session.on("Network.responseReceived", note_kind)
        session.on("Network.loadingFinished", note_size)
        page.goto(relay.address, wait_until="networkidle")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        context.close()
        received = relay.received

    def of(kind: str) -> int:
        return sum(int(size) for number, size in sizes.items() if kinds.get(number) == kind)

    return {"bytes": received, "script_bytes": of("Script"), "font_bytes": of("Font")}


def waits(page: Page, address: str) -> list[float]:
    """Return the ms from the last key to the first suggestion, for each question that has one."""
    page.goto(address, wait_until="networkidle")
    page.evaluate(WATCH)
    found = []
    for start in TYPED:
        for rest in MORE:
            page.fill("#q", "")
            page.locator("#q").press_sequentially(start + rest, delay=KEYS_APART)
            page.wait_for_timeout(400)
            waited = page.evaluate("globalThis.waited")
            if waited is not None:
                found.append(float(waited))
    return found


def slow_visit(browser: Browser, address: str, query: str, sought: str) -> dict[str, float]:
    """Return the ms that one new visitor on slow 3G waits, in the browser's own clock.

    `front_page` until its first words are painted, `box` until its own script has made it suggest, and `answer` from
    Enter until `sought` is on the screen.
    """
    # A worker has a line of its own, which would stay fast.
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    session: CDPSession = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto(address, wait_until="commit")
    page.locator("#q[role=combobox]").wait_for()
    ready = float(page.evaluate("performance.now()"))
    page.wait_for_load_state("networkidle")
    painted = float(page.evaluate(FIRST_PAINT))
    page.fill("#q", query)
    # The next page counts from when the browser began to ask for it.
    page.press("#q", "Enter", no_wait_after=True)
    page.wait_for_url("**/search", wait_until="commit")
    page.locator(sought).first.wait_for()
    answered = float(page.evaluate(FIRST_PAINT))
    context.close()
    return {"front_page": painted, "box": ready, "answer": answered}


def slow_visits(browser: Browser, address: str) -> dict[str, int]:
    """Return the medians of several slow visits, in ms."""
    calm = [slow_visit(browser, address, ASKED, ".hit, .empty") for _ in range(VISITS)]
    danger = [slow_visit(browser, address, IN_DANGER, ".card") for _ in range(VISITS)]
    return {
        "front_page_ms": round(median(one["front_page"] for one in calm + danger)),
        "box_ready_ms": round(median(one["box"] for one in calm + danger)),
        "enter_to_answer_ms": round(median(one["answer"] for one in calm)),
        "enter_to_card_ms": round(median(one["answer"] for one in danger)),
    }


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        report: dict[str, Any] = {"first_visit": first_visit(browser, address)}
        page = browser.new_page()
        times = waits(page, address)
        page.close()
        report["slow_3g"] = slow_visits(browser, address)
        browser.close()
    if times:
        cuts = quantiles(times, n=20)
        suggested = {"questions": len(times), "p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1)}
        report["suggestions"] = suggested
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
