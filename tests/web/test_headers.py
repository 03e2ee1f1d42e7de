"""Headers of every response."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from kb.asking import KnowledgeBase
from kb.web import build_app
from tests.conftest import ROOT
from tests.web import clinic

ENTRY = "/q/200002/can-i-drive-home"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
ASKED = {"q": "drive"}

# Address, form that is posted (or None), who may keep it, who may frame it, whether others may load it.
Page = tuple[str, dict[str, str] | None, str, str, str]
PAGES: list[Page] = [
    ("/", None, "public, no-cache", "'none'", "same-origin"),
    (ENTRY, None, "private, no-cache", "'none'", "same-origin"),
    ("/articles/infusions", None, "public, no-cache", "'none'", "same-origin"),
    ("/search", ASKED, "private, max-age=0", "'none'", "same-origin"),
    ("/q/100010/x", None, "no-store", "'none'", "same-origin"),
    ("/nowhere", None, "no-store", "'none'", "same-origin"),
    ("/desk", None, "no-store", "'none'", "same-origin"),
    ("/desk", ASKED, "no-store", "'none'", "same-origin"),
    ("/embed", None, "public, no-cache", "https://www.example.org", "cross-origin"),
    ("/embed", ASKED, "private, max-age=0", "https://www.example.org", "cross-origin"),
    ("/embed.js", None, "public, no-cache", "'none'", "cross-origin"),
    ("/oembed?url=http://localhost/q/200002", None, "no-store", "'none'", "cross-origin"),
    ("/api/v1/search", ASKED, "no-store", "'none'", "cross-origin"),
    ("/api/v1/suggest", ASKED, "no-store", "'none'", "cross-origin"),
    ("/api/v1/entries/200002", None, "no-store", "'none'", "cross-origin"),
    ("/openapi.json", None, "no-store", "'none'", "same-origin"),
    ("/healthz", None, "no-store", "'none'", "same-origin"),
    ("/readyz", None, "no-store", "'none'", "same-origin"),
]


@pytest.mark.parametrize("row", PAGES)
def test_every_response_has_its_headers(client: FlaskClient, row: Page) -> None:
    path, form, caching, framing, loading = row
    response = client.get(path) if form is None else client.post(path, data=form)
    headers = {name: response.headers.get(name) for name in (
        "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy",
        "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Cache-Control", "Set-Cookie",
    )}  # fmt: skip
    assert headers == {
        "Content-Security-Policy": POLICY + framing,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": loading,
        "Cache-Control": caching,
        "Set-Cookie": None,
    }


def test_nobody_frames_us_when_no_site_is_listed(app: APIFlask, index_folder: Path) -> None:
    settings = clinic.settings(embedding_sites=())
    client = build_app(settings, KnowledgeBase(settings, index_folder)).test_client()
    assert client.get("/embed").headers["Content-Security-Policy"] == POLICY + "'none'"


@pytest.mark.parametrize("path", ["/", ENTRY, "/articles/infusions", "/embed", "/embed.js"])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_searches_have_no_tag(client: FlaskClient) -> None:
    for path in ("/search", "/embed", "/desk", "/api/v1/search"):
        assert "ETag" not in client.post(path, data=ASKED).headers


def test_a_change_of_settings_changes_the_tag_of_a_page(client: FlaskClient, index_folder: Path) -> None:
    settings = clinic.settings(disclosures=(), region="US")
    other = build_app(settings, KnowledgeBase(settings, index_folder)).test_client()
    page = "/q/200001/how-well-does-ketamine-work"
    assert client.get(page).headers["ETag"] != other.get(page).headers["ETag"]


def test_static_files_are_kept_by_the_hash_in_their_address(client: FlaskClient) -> None:
    text = client.get("/").text
    address = text[text.index("/static/site.css") :].split('"')[0]
    # Closed, as each holds its file open.
    with client.get(address) as kept, client.get("/static/site.css") as asked_again:
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert asked_again.headers["Cache-Control"] == "no-cache"


def test_only_what_the_element_imports_may_be_loaded_by_a_listed_site(client: FlaskClient) -> None:
    site = {"Origin": "https://www.example.org"}
    for path, origin, loading in (
        ("/static/asking.js", "https://www.example.org", "cross-origin"),
        ("/static/search.js", None, "same-origin"),
    ):
        with client.get(path, headers=site) as response:
            assert response.headers.get("Access-Control-Allow-Origin") == origin
            assert response.headers["Cross-Origin-Resource-Policy"] == loading


def test_no_page_holds_anything_inline_or_from_elsewhere(client: FlaskClient) -> None:
    for template in sorted((ROOT / "templates").glob("*.html")):
        source = template.read_text(encoding="utf-8")
        for forbidden in (" style=", "<style", " onclick", " onload", "javascript:", 'src="http', "//cdn"):
            assert forbidden not in source, (template.name, forbidden)
        # The one kind of script there is names its file; data for search engines is none.
        kinds = (
            '<script type="module" src="{{ static_address(',
            '<script type="application/ld+json">{{ data | tojson }}<',
        )
        assert source.count("<script") == sum(source.count(kind) for kind in kinds), template.name


def test_the_sheet_fetches_one_font_of_ours_that_nothing_waits_for() -> None:
    sheet = (ROOT / "static" / "site.css").read_text(encoding="utf-8")
    assert re.findall(r"url\((.*?)\)", sheet) == ['"vendor/figtree.woff2?v=1"']
    assert "@import" not in sheet
    assert re.findall(r"font-display: (\w+)", sheet) == ["optional"]
    # What is changed gets another address, or browsers would keep the old one for a year.
    font = (ROOT / "static" / "vendor" / "figtree.woff2").read_bytes()
    assert sha256(font).hexdigest()[:12] == "0c02f962c00f"
