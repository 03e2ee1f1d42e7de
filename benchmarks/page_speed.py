"""How fast suggestions show, and what a first visit transfers, as Chromium sees it: `python -m benchmarks.page_speed`.

Needs a running server: give its address. Times are from the last key to the first suggestion on the screen, the pause
that spares keys included.
"""

import json
import sys
from statistics import quantiles
from typing import Any

from playwright.sync_api import Page, sync_playwright

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


def first_visit(page: Page, address: str) -> dict[str, int]:
    """Return the bytes that a first visit transfers, all and those of scripts, heads included."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def note_kind(event: Any) -> None:
        kinds[event["requestId"]] = event["type"]

    def note_size(event: Any) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.responseReceived", note_kind)
    session.on("Network.loadingFinished", note_size)
    page.goto(address, wait_until="networkidle")
    scripts = sum(int(size) for number, size in sizes.items() if kinds.get(number) == "Script")
    return {"bytes": int(sum(sizes.values())), "script_bytes": scripts}


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


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page()
        report: dict[str, Any] = first_visit(page, address)
        times = waits(page, address)
        browser.close()
    cuts = quantiles(times, n=20)
    report |= {"suggestions": len(times), "p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1)}
    print(json.dumps(report))


if __name__ == "__main__":
    main()
