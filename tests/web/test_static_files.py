"""Static files are read whole: none stays open when a browser goes away in the middle of one."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from tests.conftest import ROOT


def left_open(name: str) -> list[str]:
    """Return the files in static/ called `name` that this process holds open."""
    held = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            target = str(descriptor.readlink())
        except FileNotFoundError:  # of the listing itself
            continue
        if target == str(ROOT / "static" / name):
            held.append(target)
    return held


def after_breaking_off(client: FlaskClient, request: EnvironBuilder, name: str) -> tuple[str, list[str]]:
    """Return status and files left open of a response neither read nor closed, as when its connection broke."""
    statuses: list[str] = []

    def start_response(status: str, *_: Any) -> Any:
        statuses.append(status)

    body = client.application.wsgi_app(request.get_environ(), start_response)
    still_open = left_open(name)
    del body
    return statuses[0], still_open


@pytest.mark.parametrize("name", ["search.js", "icon.svg", "vendor/figtree.woff2"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_browser_that_goes_away_leaves_no_file_open(
    client: FlaskClient, name: str, method: str, encoding: str
) -> None:
    request = EnvironBuilder(path=f"/static/{name}", method=method, headers=[("Accept-Encoding", encoding)])
    assert after_breaking_off(client, request, name) == ("200 OK", [])


def test_a_file_that_did_not_change_is_not_left_open(client: FlaskClient) -> None:
    with client.get("/static/search.js") as first:
        tag = first.headers["ETag"]
    request = EnvironBuilder(path="/static/search.js", headers=[("If-None-Match", tag)])
    assert after_breaking_off(client, request, "search.js") == ("304 NOT MODIFIED", [])


@pytest.mark.parametrize("name", ["search.js", "site.css", "vendor/figtree.woff2"])
def test_a_file_is_sent_to_the_byte_whole_or_in_part(client: FlaskClient, name: str) -> None:
    content = (ROOT / "static" / name).read_bytes()
    with client.get(f"/static/{name}") as whole:
        assert (whole.data, int(whole.headers["Content-Length"])) == (content, len(content))
    for encoding in ("gzip", "identity"):
        wanted = {"Range": "bytes=10-1999", "Accept-Encoding": encoding}
        with client.get(f"/static/{name}", headers=wanted) as part:
            assert (part.status_code, part.data) == (206, content[10:2000])
            assert part.headers["Content-Length"] == str(len(part.data))
            assert "Content-Encoding" not in part.headers
