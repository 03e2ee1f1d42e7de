"""What is sent packed, and what is not."""

import gzip

from flask.testing import FlaskClient

from tests.conftest import ROOT
from tests.web import clinic

PACKED = {"Accept-Encoding": "gzip"}


def test_a_page_is_packed_for_a_browser_that_takes_it_so(client: FlaskClient) -> None:
    plain, packed = client.get("/about"), client.get("/about", headers=PACKED)
    assert gzip.decompress(packed.data) == plain.data
    assert (packed.headers["Content-Encoding"], plain.headers.get("Content-Encoding")) == ("gzip", None)
    for response in (plain, packed):
        assert "Accept-Encoding" in response.headers["Vary"]
        assert int(response.headers["Content-Length"]) == len(response.data)
    assert len(packed.data) * 2 < len(plain.data)


def test_results_and_the_api_are_packed_too(client: FlaskClient) -> None:
    for path in ("/search", "/api/v1/search"):
        response = client.post(path, data={"q": "infusion"}, headers=PACKED)
        assert response.headers["Content-Encoding"] == "gzip", path


def test_a_static_file_is_packed_and_kept(client: FlaskClient) -> None:
    for _ in range(2):
        with client.get("/static/site.css?v=1", headers=PACKED) as response:
            assert gzip.decompress(response.data) == (ROOT / "static" / "site.css").read_bytes()
            assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_page_that_did_not_change_is_not_sent_again_packed_or_not(client: FlaskClient) -> None:
    tags = {client.get("/about", headers=headers).headers["ETag"] for headers in (PACKED, {})}
    assert len(tags) == 2
    for tag in tags:
        for headers in (PACKED, {}):
            again = client.get("/about", headers={"If-None-Match": tag, **headers})
            assert (again.status_code, again.data) == (304, b"")


def test_pictures_and_little_answers_go_as_they_are(client: FlaskClient) -> None:
    for path in ("/healthz", "/static/icon.svg", "/nowhere-at-all/api"):
        with client.get(path, headers={"Accept-Encoding": "identity"}) as response:
            assert "Content-Encoding" not in response.headers
    with client.get("/healthz", headers=PACKED) as response:
        assert "Content-Encoding" not in response.headers


def test_the_card_is_there_in_a_packed_page(client: FlaskClient) -> None:
    response = client.post("/search", data={"q": clinic.CRISIS_QUERY}, headers=PACKED)
    assert b"You can get help right now" in gzip.decompress(response.data)


def test_a_first_visit_keeps_within_its_budget(client: FlaskClient) -> None:
    """50 kB on the line, 12 kB of it scripts; heads of responses come on top, measured in benchmarks/page_speed.py."""
    files = ("asking.js", "search.js", "site.css", "icon.svg", "vendor/figtree.woff2")
    sizes = {"/": 0, **{f"/static/{name}": 0 for name in files}, "/offline": 0, "/es/offline": 0}
    for path in sizes:
        with client.get(path, headers=PACKED) as response:
            sizes[path] = len(response.data)
    assert sum(sizes.values()) < 45_000
    assert sum(size for path, size in sizes.items() if path.endswith(".js")) < 10_000
