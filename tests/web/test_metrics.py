"""What whoever watches over the server is told."""

import re
from pathlib import Path

from flask.testing import FlaskClient

from kb.asking import KnowledgeBase
from kb.web import build_app
from tests.web import clinic


def counted(client: FlaskClient) -> list[str]:
    """Return what is said, without the times, which differ."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    said = re.sub(r"(seconds_total\{.*\}) [0-9.]+", r"\1 …", response.text)
    return [line for line in said.splitlines() if not line.startswith("#")]


def test_answers_are_counted_by_view_and_status_and_hold_no_word_of_what_was_asked(
    index_folder: Path,
) -> None:
    settings = clinic.settings()
    client = build_app(settings, KnowledgeBase(settings, index_folder)).test_client()
    client.post("/search", data={"q": "zebra"})
    client.post("/search", data={"q": clinic.CRISIS_QUERY})
    client.get("/q/200002/can-i-drive-home")
    client.get("/q/999999/zebra")
    client.get("/zebra")
    assert counted(client) == [
        "kb_ready 1",
        "kb_entries 6",
        'kb_requests_total{view="none",status="404"} 1',
        'kb_requests_total{view="patient.entry",status="200"} 1',
        'kb_requests_total{view="patient.entry",status="404"} 1',
        'kb_requests_total{view="patient.search",status="200"} 2',
        'kb_request_seconds_total{view="none"} …',
        'kb_request_seconds_total{view="patient.entry"} …',
        'kb_request_seconds_total{view="patient.search"} …',
    ]


def test_without_an_index_it_says_so(rebuilding: FlaskClient) -> None:
    assert counted(rebuilding) == ["kb_ready 0", "kb_entries 0"]
