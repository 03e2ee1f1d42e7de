"""Count what is answered and how long it takes, for whoever watches over the server; never what was asked, or by whom."""

from collections import Counter, defaultdict
from threading import Lock
from time import perf_counter

from flask import Blueprint, Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from kb.errors import IndexUnavailable
from kb.web.site import current_site

pages = Blueprint("metrics", __name__)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"  # of Prometheus
_NAME = "clinic_counts"


class Counts:
    """What one process has answered since it started. Threads count at once, so each count is made under a lock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answered: Counter[tuple[str, int]] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def add(self, view: str, status: int, seconds: float) -> None:
        """Count one answer of `view` that took so long to make."""
        with self._lock:
            self._answered[view, status] += 1
            self._seconds[view] += seconds

    def lines(self) -> list[str]:
        """Return the counts as Prometheus reads them."""
        with self._lock:
            answered, seconds = sorted(self._answered.items()), sorted(self._seconds.items())
        return [
            "# HELP kb_requests_total Requests answered, by view and status.",
            "# TYPE kb_requests_total counter",
            *(
                f'kb_requests_total{{view="{view}",status="{status}"}} {count}'
                for (view, status), count in answered
            ),
            "# HELP kb_request_seconds_total Time spent on answering, by view.",
            "# TYPE kb_request_seconds_total counter",
            *(f'kb_request_seconds_total{{view="{view}"}} {spent:.6f}' for view, spent in seconds),
        ]


def register(app: Flask) -> None:
    """Have `app` count what it answers."""
    app.register_blueprint(pages)
    counts = app.extensions[_NAME] = Counts()

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        # A view, not an address: addresses hold what people look for.
        counts.add(request.endpoint or "none", response.status_code, perf_counter() - g.began)
        return response


@pages.get("/metrics")
def metrics() -> ResponseReturnValue:
    site = current_site()
    try:
        entries, is_ready = len(site.knowledge_base.catalogue().entries), 1
    except IndexUnavailable:
        entries, is_ready = 0, 0
    lines = [
        "# HELP kb_ready Whether there is an index to answer from.",
        "# TYPE kb_ready gauge",
        f"kb_ready {is_ready}",
        "# HELP kb_entries Entries that are served.",
        "# TYPE kb_entries gauge",
        f"kb_entries {entries}",
    ]
    counts = current_app.extensions[_NAME]
    assert isinstance(counts, Counts)
    return Response("\n".join([*lines, *counts.lines()]) + "\n", content_type=CONTENT_TYPE)
