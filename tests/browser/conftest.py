"""People's journeys in Chromium: our site on one loopback origin, a host's page on another."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import axe_playwright_python
import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from kb.asking import KnowledgeBase
from kb.records import open_records
from kb.web import build_app
from tests.web import clinic

# A busy machine is no fault of the pages: what is expected passes at once when it is there.
expect.set_options(timeout=30_000)

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOST_PAGE = Path(__file__).parent / "host.html"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# That a page is missing is said on the page; Chromium says it again. A worker would answer in place of the test. On a
# busy machine the typeface may come later than pages wait for it ("The resource … was preloaded … but not used").
NO_COMPLAINT = (
    "Failed to load resource",
    "Service Worker registration blocked by Playwright",
    "The resource ",
)


@dataclass(frozen=True)
class Served:
    """The addresses of the servers under test."""

    clinic: str  # our site
    rebuilding: str  # our site without an index
    host: str  # a site that kb.toml lists; another host name than ours, so another site to the browser
    stranger: str  # a site that it does not list


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Keep the output for what fails."""


@contextmanager
def serving(app: Flask) -> Iterator[int]:
    """Serve `app` on a free port of this machine, which is returned, until the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def host_site() -> Flask:
    """Return a site with one page, which embeds both ways under a policy of its own."""
    app = Flask("host")

    @app.get("/")
    def page() -> Any:
        origin = app.config["CLINIC"]
        policy = f"default-src 'none'; script-src {origin}; connect-src {origin}; frame-src {origin}; img-src 'self'"
        html = HOST_PAGE.read_text(encoding="utf-8").replace("https://answers.example.org", origin)
        return html, {"Content-Security-Policy": policy + "; require-trusted-types-for 'script'"}

    return app


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    index = tmp_path_factory.mktemp("index")
    clinic.build_index(index)
    listed, stranger = host_site(), host_site()
    with serving(listed) as listed_port, serving(stranger) as stranger_port:
        host = f"http://localhost:{listed_port}"
        settings = clinic.settings(embedding_sites=(host,))
        records = open_records(f"sqlite:///{tmp_path_factory.mktemp('records')}/records.db")
        ours = build_app(settings, KnowledgeBase(settings, index), records, clinic.SECRET_KEY)
        empty = build_app(settings, KnowledgeBase(settings, tmp_path_factory.mktemp("empty")))
        with serving(ours) as port, serving(empty) as empty_port:
            origin = f"http://127.0.0.1:{port}"
            for site in (listed, stranger):
                site.config["CLINIC"] = origin
            yield Served(origin, f"http://127.0.0.1:{empty_port}", host, f"http://localhost:{stranger_port}")
        records.close()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": "/usr/bin/chromium", "args": CHROMIUM_FLAGS}


class Visitor:
    """A person with a browser. Notes what the browser asks for and complains of."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.on("request", self._note_request)
        context.on("console", self._note_complaint)

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _note_complaint(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(NO_COMPLAINT):
            self.complaints.append(message.text)

    def search(self, address: str, query: str) -> None:
        """Type a question into the box at `address`, and press Enter."""
        self.page.goto(address)
        self.page.locator("#q").fill(query)
        self.page.locator("#q").press("Enter")
        self.page.locator("#results, .found-heading, .empty, .card").first.wait_for()


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(new_context: Any, served: Served) -> Iterator[Visit]:
    """Open browsers; in the end, nothing was asked of anyone else, and no policy was broken."""
    visitors: list[Visitor] = []

    def open_browser(
        width: int = 1280,
        *,
        javascript: bool = True,
        scheme: str = "light",
        workers: str = "block",
        forced_colors: str = "none",
    ) -> Visitor:
        context = new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            color_scheme=scheme,
            service_workers=workers,
            forced_colors=forced_colors,
        )
        visitors.append(Visitor(context))
        return visitors[-1]

    yield open_browser
    ours = (served.clinic, served.rebuilding, served.host, served.stranger)
    for visitor in visitors:
        assert [url for url in visitor.requests if not url.startswith(ours)] == []
        assert visitor.complaints == []
        assert visitor.context.cookies() == []


def violations(page: Page, rules: Sequence[str] = AXE_RULES) -> list[str]:
    """Return what axe finds wrong with the page by these rules, or rules with these tags: the rule, and where."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def cut_off(page: Page) -> list[str]:
    """Return what a card shows of words that are cut at its edge; a card is a matter of life, so none may be."""
    found = page.evaluate(
        """() => [...document.querySelectorAll(".card *")].filter((one) => {
          const edge = one.closest(".card").getBoundingClientRect();
          const own = one.getBoundingClientRect();
          return own.right > edge.right + 1 || own.left < edge.left - 1;
        }).map((one) => one.textContent.trim().slice(0, 60))"""
    )
    assert isinstance(found, list)
    return found


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert isinstance(width, int)
    return width
