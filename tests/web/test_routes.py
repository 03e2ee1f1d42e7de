"""No route shows or returns a search without its card, and no new route is forgotten."""

from typing import Literal

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.web import clinic

# What a route does with a question:
# "page" shows results, "página" in Spanish, "desk" shows them to staff, "json" returns them, "none" takes none.
Kind = Literal["page", "página", "desk", "json", "none"]
ROUTES: dict[tuple[str, str], Kind] = {
    ("GET", "/"): "none",
    ("GET", "/<any(es):language>/"): "none",
    ("GET", "/<any(es):language>/search"): "página",
    ("POST", "/<any(es):language>/search"): "página",
    ("GET", "/<any(es):language>/q/<entry_id>"): "none",
    ("GET", "/<any(es):language>/q/<entry_id>/<slug>"): "none",
    ("GET", "/<any(es):language>/articles/<slug>"): "none",
    ("GET", "/search"): "page",
    ("POST", "/search"): "page",
    ("GET", "/q/<entry_id>"): "none",
    ("GET", "/q/<entry_id>/<slug>"): "none",
    ("POST", "/q/<entry_id>/feedback"): "none",
    ("POST", "/<any(es):language>/q/<entry_id>/feedback"): "none",
    ("GET", "/articles/<slug>"): "none",
    ("GET", "/topics"): "none",
    ("GET", "/topics/<slug>"): "none",
    ("GET", "/topics/letter/<letter>"): "none",
    ("GET", "/about"): "none",
    ("GET", "/offline"): "none",
    ("GET", "/<any(es):language>/topics"): "none",
    ("GET", "/<any(es):language>/topics/<slug>"): "none",
    ("GET", "/<any(es):language>/topics/letter/<letter>"): "none",
    ("GET", "/<any(es):language>/about"): "none",
    ("GET", "/<any(es):language>/offline"): "none",
    ("GET", "/sw.js"): "none",
    ("GET", "/robots.txt"): "none",
    ("GET", "/sitemap.xml"): "none",
    ("GET", "/sitemap-<int:number>.xml"): "none",
    ("GET", "/feed.xml"): "none",
    ("GET", "/manifest.webmanifest"): "none",
    ("GET", "/desk"): "none",
    ("POST", "/desk"): "desk",
    ("GET", "/embed"): "none",
    ("POST", "/embed"): "page",
    ("GET", "/embed.js"): "none",
    ("GET", "/oembed"): "none",
    ("GET", "/api/v1/search"): "json",
    ("POST", "/api/v1/search"): "json",
    # No hits: a question in danger gets the card and no suggestion, see test_api.
    ("GET", "/api/v1/suggest"): "none",
    ("POST", "/api/v1/suggest"): "none",
    ("GET", "/api/v1/entries/<entry_id>"): "none",
    ("GET", "/openapi.json"): "none",
    ("GET", "/theme.css"): "none",
    ("GET", "/healthz"): "none",
    ("GET", "/readyz"): "none",
    ("GET", "/metrics"): "none",
    ("GET", "/static/<path:filename>"): "none",
}
SEARCHES = [(method, path, kind) for (method, path), kind in ROUTES.items() if kind != "none"]

HEADINGS = {
    "page": ("You can get help right now", "Call 911 now"),
    "página": ("Puede recibir ayuda ahora mismo", "Llame al 911 ahora"),
    "desk": ("The caller may be in crisis", "This may be a medical emergency"),
    "json": ("You can get help right now", "Call 911 now"),
}


def routes(app: APIFlask) -> set[tuple[str, str]]:
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in {"HEAD", "OPTIONS"}
    }


def shown(client: FlaskClient, method: str, path: str, query: str) -> str:
    values = {"q": query}
    path = path.replace("<any(es):language>", "es")
    response = client.get(path, query_string=values) if method == "GET" else client.post(path, data=values)
    assert response.status_code == 200
    return response.text


def test_every_route_is_in_the_table(app: APIFlask) -> None:
    assert routes(app) == set(ROUTES)


@pytest.mark.parametrize(("method", "path", "kind"), SEARCHES)
def test_every_search_has_the_card_before_the_hits(
    client: FlaskClient, method: str, path: str, kind: str
) -> None:
    for query, heading in zip((clinic.CRISIS_QUERY, clinic.EMERGENCY_QUERY), HEADINGS[kind], strict=True):
        text = shown(client, method, path, query)
        hit = text.find(clinic.LONG.question)
        assert heading in text and (hit < 0 or text.index(heading) < hit)
        assert hit > 0 or query == clinic.EMERGENCY_QUERY


@pytest.mark.parametrize(("method", "path", "kind"), SEARCHES)
def test_every_search_about_means_has_the_card_and_no_hit(
    client: FlaskClient, method: str, path: str, kind: str
) -> None:
    text = shown(client, method, path, clinic.MEANS_QUERY)
    assert HEADINGS[kind][0] in text
    assert [entry.id for entry in clinic.ENTRIES if entry.question in text or entry.id in text] == []


@pytest.mark.parametrize(("method", "path", "kind"), SEARCHES)
def test_a_calm_search_has_no_card(client: FlaskClient, method: str, path: str, kind: str) -> None:
    text = shown(client, method, path, "drive")
    assert [heading for heading in HEADINGS[kind] if heading in text] == []
